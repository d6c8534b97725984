import type { Json } from '#model/resource.ts';
import { COMPANY, HOME_MAIL_DOMAIN, MAIL_DOMAIN } from './company.ts';
import { CULTURES, type Culture, type Name } from './cultures.ts';
import { openLogins } from './login.ts';
import { type Position, positionOf } from './position.ts';
import { openRandom, type Random } from './random.ts';
import type { Site } from './sites.ts';
import { at, type Structure } from './structure.ts';

export type Body = { readonly [name: string]: Json };

const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const ENTERPRISE_SCHEMA = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** A SCIM User without its manager, whose id only the directory knows. */
export interface DemoPerson {
  readonly body: Body;
  /** Position of the manager in the same sequence, always an earlier one; absent for the chief executive. */
  readonly manager?: number;
}

interface Bearer {
  readonly given: Name;
  readonly family: Name;
  readonly culture: Culture;
}

/** Fictional, and the same for every size and seed, so that documentation can name somebody. */
const CHIEF: Bearer = {
  given: { written: 'Mara', latin: 'Mara' },
  family: { written: 'Lindgren', latin: 'Lindgren' },
  culture: CULTURES.german,
};

export function* demoPeople(structure: Structure, seed: number): Generator<DemoPerson> {
  const nextLogin = openLogins();
  for (let person = 0; person < structure.size; person++) {
    const random = openRandom(seed, person);
    const position = positionOf(structure, person, random);
    const bearer = person === 0 ? CHIEF : drawBearer(position.site, random);
    const login = nextLogin(bearer.given.latin, bearer.family.latin);
    const body = personBody(person, bearer, login, position, random);
    yield person === 0 ? { body } : { body, manager: at(structure.managerOf, person) };
  }
}

function drawBearer(site: Site, random: Random): Bearer {
  const culture: Culture = random.chance(0.7) ? site.culture : random.pick(ALL_CULTURES);
  return { given: random.pick(culture.given), family: random.pick(culture.family), culture };
}

const ALL_CULTURES: readonly Culture[] = Object.values(CULTURES);

function personBody(person: number, bearer: Bearer, login: string, position: Position, random: Random): Body {
  const { site, title } = position;
  const formatted = writeName(bearer);
  const phoneNumbers = drawPhoneNumbers(site, random);
  return {
    schemas: [USER_SCHEMA, ENTERPRISE_SCHEMA],
    externalId: `hr-${100_001 + person}`,
    userName: `${login}@${MAIL_DOMAIN}`,
    name: { formatted, familyName: bearer.family.written, givenName: bearer.given.written },
    displayName: formatted,
    title,
    preferredLanguage: bearer.culture.language,
    locale: site.locale,
    timezone: site.timezone,
    active: person === 0 || !random.chance(0.03),
    emails: drawEmails(login, random),
    ...(phoneNumbers.length > 0 && { phoneNumbers }),
    [ENTERPRISE_SCHEMA]: enterpriseAttributes(person, position),
  };
}

function writeName({ given, family, culture }: Bearer): string {
  const names = culture.familyFirst ? [family.written, given.written] : [given.written, family.written];
  return names.join(culture.joined);
}

function drawEmails(login: string, random: Random): Json {
  const work = { value: `${login}@${MAIL_DOMAIN}`, type: 'work', primary: true };
  return random.chance(0.2) ? [work, { value: `${login}@${HOME_MAIL_DOMAIN}`, type: 'home' }] : [work];
}

function drawPhoneNumbers(site: Site, random: Random): readonly Json[] {
  const draw = (type: string) => ({ value: `tel:${site.phonePrefix}-555-${1000 + random.below(9000)}`, type });
  return [...(random.chance(0.6) ? [draw('work')] : []), ...(random.chance(0.3) ? [draw('mobile')] : [])];
}

function enterpriseAttributes(person: number, { costCenter, division, department }: Position): Body {
  return {
    employeeNumber: String(100_001 + person),
    costCenter,
    organization: COMPANY,
    ...(division !== undefined && { division }),
    department,
  };
}
