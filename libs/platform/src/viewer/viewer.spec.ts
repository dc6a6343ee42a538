import { Mutation, ResolveField, Resolver, Query } from '@nestjs/graphql';
import { Controller, Get } from '@nestjs/common';
import { roles } from '#kernel/actor.js';
import { demoActor, demoPeople } from './demo-people.js';
import { OpenToEveryone, Roles, everyRole } from './roles.js';
import { unguardedMethodsOf } from './unguarded-methods.js';

describe('A demo person', () => {
  it.each(demoPeople.map(({ id, role }) => [id, role]))('%s acts as %s', (id, role) => {
    expect(demoActor(id)).toEqual({ id, roles: [role] });
  });

  it('stands for every role of a person; organisations are named by their id', () => {
    const played = new Set([
      ...demoPeople.map(({ role }) => role),
      ...(demoActor('provider:p-1')?.roles ?? []),
      ...(demoActor('external-broker:b-1')?.roles ?? []),
    ]);
    expect([...played].sort()).toEqual([...everyRole].sort());
    expect(roles.filter((role) => !played.has(role))).toEqual(['system']);
  });

  it('of a provider belongs to that organisation', () => {
    expect(demoActor('provider:019ab4b6-0a00-7000-8000-000000000001')).toEqual({
      id: 'provider:019ab4b6-0a00-7000-8000-000000000001',
      roles: ['provider'],
      organisation: '019ab4b6-0a00-7000-8000-000000000001',
    });
  });

  it.each(['', 'system', 'provider:', 'provider:a b', 'Provider:p-1', 'toString', 'broker '])(
    'is not "%s"',
    (name) => {
      expect(demoActor(name)).toBeUndefined();
    },
  );
});

describe('The walk over methods', () => {
  it('finds each query, mutation, field resolver and route that names no roles', () => {
    @Resolver()
    class Careless {
      @Query(() => String)
      asked(): void {}
      @Mutation(() => String)
      changed(): void {}
      @ResolveField(() => String)
      resolved(): void {}
      helper(): void {}
    }
    @Controller('careless')
    class CarelessPage {
      @Get()
      page(): void {}
    }
    expect(unguardedMethodsOf(Careless)).toEqual([
      'Careless.asked',
      'Careless.changed',
      'Careless.resolved',
    ]);
    expect(unguardedMethodsOf(CarelessPage)).toEqual(['CarelessPage.page']);
  });

  it('passes what names its roles, and pages that are open on purpose', () => {
    @Resolver()
    class Careful {
      @Query(() => String)
      @Roles('broker')
      asked(): void {}
    }
    @Controller('open')
    @OpenToEveryone()
    class OpenPage {
      @Get()
      page(): void {}
    }
    expect([Careful, OpenPage].flatMap(unguardedMethodsOf)).toEqual([]);
  });

  it('takes no open mark for a resolver', () => {
    @Resolver()
    class Opened {
      @Query(() => String)
      @OpenToEveryone()
      asked(): void {}
    }
    expect(unguardedMethodsOf(Opened)).toEqual(['Opened.asked']);
  });
});
