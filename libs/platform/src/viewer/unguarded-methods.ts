import type { INestApplicationContext, Type } from '@nestjs/common';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { OPEN, ROLES } from './roles.js';

/** Where Nest and its GraphQL module keep what their decorators say. */
const resolverMark = 'graphql:resolver_type';
const fieldResolverMark = 'graphql:resolve_property';
const routeMark = 'path';

/** `Class.method` of every query, mutation, field resolver and HTTP route that names no roles. */
export function unguardedMethods(app: INestApplicationContext): string[] {
  const classes = new Set<Type>();
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of [...module.providers.values(), ...module.controllers.values()]) {
      if (typeof metatype === 'function' && metatype.prototype) classes.add(metatype as Type);
    }
  }
  return [...classes].flatMap(unguardedMethodsOf).sort();
}

/** The same for one class. */
export function unguardedMethodsOf(target: Type): string[] {
  const prototype = target.prototype as Record<string, unknown>;
  return new MetadataScanner()
    .getAllMethodNames(prototype)
    .filter((name) => isUnguarded(target, prototype[name] as object))
    .map((name) => `${target.name}.${name}`);
}

function isUnguarded(target: Type, method: object): boolean {
  const has = (mark: string, on: object = method) => Reflect.hasMetadata(mark, on);
  if (has(ROLES)) return false;
  if (has(resolverMark) || has(fieldResolverMark)) return true;
  return has(routeMark) && !has(OPEN) && !has(OPEN, target);
}

/** Throws when a method could be called that names no roles. */
export function ensureEveryMethodNamesRoles(app: INestApplicationContext): void {
  const unguarded = unguardedMethods(app);
  if (unguarded.length > 0) throw new Error(`these name no @Roles: ${unguarded.join(', ')}`);
}
