import { needs } from './package.fixtures.js';
import { packText, packWords } from './pack-text.rules.js';
import { requestPack } from './package.request.rules.js';
import { careNeeds } from './package.schedule.rules.js';

const pack = requestPack(careNeeds(needs), 'R-2345-6789');

describe('The text of a request’s pack', () => {
  it('tells all that is on the allow-list, in plain words (S1-9)', () => {
    expect(packText(pack)).toBe(`Request for home care R-2345-6789

Area: ZZ7, north
First day wanted: Monday 9 March 2026
For how long: 12 weeks
Age: 75 to 84
Gender: female
Carers: any
Skills needed: hoist
Languages: cy
Getting in: key safe
Household: lives alone

Visits

Visit 1: every day at 8am (no later than 9am), 30 minutes, 1 carer
  Tasks: giving medicine
  The time of this visit matters to the person’s safety.

Visit 2: Monday to Friday at 12:30pm, 42 minutes, 2 carers
  Tasks: preparing a meal and moving and handling

Offer a time for each visit and a first day. Days, lengths and carers are as wanted.`);
  });

  it('tells nothing that is not on it, whatever a pack holds beside (S1-9)', () => {
    const planted = { name: 'Edith Planted', personId: 'person-planted', note: 'note-planted' };
    const visit = { ...pack.schedule[0], criticalReason: 'reason-planted' };
    const more = { ...pack, ...planted, schedule: [visit] } as typeof pack;
    expect(JSON.stringify([packText(more), packWords(more)])).not.toMatch(/planted/i);
  });

  it('tells the sector only where the pack does (S1-9)', () => {
    expect(packText({ ...pack, postcodeSector: 'ZZ7 4' })).toContain('Area: ZZ7 4, north');
    expect(packText(pack)).not.toContain('ZZ7 4');
  });

  it('says so where nothing is asked', () => {
    const { durationWeeks: _, ...openEnded } = { ...pack, skills: [], languages: [] };
    const text = packText(openEnded);
    expect(text).toContain('Skills needed: none stated');
    expect(text).toContain('For how long: no end is planned');
  });

  it('tells a council’s own codes without dashes, and names of an object’s own as they are', () => {
    const { facts } = packWords({ ...pack, skills: ['end-of-life-care', 'constructor'] });
    expect(facts.find(({ label }) => label === 'Skills needed')?.words).toBe(
      'end of life care and constructor',
    );
  });
});
