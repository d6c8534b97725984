/** How one SCIM value and one LDAP value become each other. */
import { parseInstant } from '#model/fold.ts';
import type { Json } from '#model/resource.ts';
import type { Value } from '../connection/operations.ts';

/** Names of converters in a configuration. */
export const CONVERSIONS = [
  'text',
  'ia5',
  'printable',
  'boolean',
  'inverse',
  'integer',
  'time',
  'binary',
  'jpeg',
  'lock',
  'account',
  'dn',
] as const;
export type Conversion = (typeof CONVERSIONS)[number];

export interface Converter {
  /** Undefined where LDAP has no such value. What comes out may be less than exact: see `EntryMap`. */
  toLdap(value: Json): Value | undefined;
  /** Undefined where the bytes are no such value, as in old entries. */
  toScim(value: Buffer): Json | undefined;
  /** What an entry without a value says; nothing where absent. */
  readonly absent?: Json;
  /** Two LDAP values with the same form are one to the server. */
  form(value: Value): string;
  /** The present value as it becomes where it says more than the attribute that is mapped to it; nothing where it says no more. */
  onto?(value: Value, present: Buffer): Value;
  /** Whether two SCIM values mean the same; equality where absent. */
  same?(one: Json, other: Json): boolean;
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const REPLACEMENT = '\ufffd';

function caselessForm(value: Value): string {
  return value.toString().normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** DirectoryString, RFC 4517 §3.3.6: any text but an empty one. */
const text: Converter = {
  toLdap: (value) =>
    typeof value === 'string'
      ? textOf(value.replaceAll('\0', REPLACEMENT).replace(LONE_SURROGATE, REPLACEMENT))
      : undefined,
  toScim: (value) => value.toString('utf8'),
  form: caselessForm,
};

/** IA5String, RFC 4517 §3.3.15: ASCII alone, such as `mail`. */
const ia5: Converter = {
  ...text,
  toLdap: (value) => (typeof value === 'string' ? textOf(narrowed(value, /^[\t\n\r -~]*$/)) : undefined),
};

/** PrintableString, RFC 4517 §3.3.29: letters, digits and little else, such as `telephoneNumber`, which compares without spaces and hyphens. */
const printable: Converter = {
  toLdap: (value) => (typeof value === 'string' ? textOf(narrowed(value, /^[A-Za-z0-9'()+,\-./:? ]*$/)) : undefined),
  toScim: text.toScim,
  form: (value) => caselessForm(value).replace(/[ -]/g, ''),
};

/** What does not fit becomes what it folds to, so that it is found by that, else a question mark. */
function narrowed(value: string, fits: RegExp): string {
  if (fits.test(value)) return value;
  const narrow = (char: string) => {
    if (fits.test(char)) return char;
    const folded = char.normalize('NFKC').toLowerCase();
    return folded.length === 1 && fits.test(folded) ? folded : '?';
  };
  return Array.from(value, narrow).join('');
}

function textOf(value: string): string | undefined {
  return value === '' ? undefined : value;
}

/** RFC 4517 §3.3.3. */
const boolean: Converter = {
  toLdap: (value) => (typeof value === 'boolean' ? String(value).toUpperCase() : undefined),
  toScim: (value) => ({ TRUE: true, FALSE: false })[value.toString()],
  form: String,
};

/** What says that an account is disabled, in a boolean or in a text: `TRUE` is `false`, and an entry without it is not disabled. */
const inverse: Converter = {
  toLdap: (value) => (typeof value === 'boolean' ? String(!value).toUpperCase() : undefined),
  toScim: (value) => ({ TRUE: false, FALSE: true })[value.toString().toUpperCase()],
  absent: true,
  form: String,
};

const integer: Converter = {
  toLdap: (value) => (Number.isSafeInteger(value) ? String(value) : undefined),
  toScim(value) {
    const number = Number(value.toString());
    return Number.isSafeInteger(number) ? number : undefined;
  },
  form: String,
};

/** GeneralizedTime, RFC 4517 §3.3.13, in UTC. */
const time: Converter = {
  toLdap(value) {
    const instant = typeof value === 'string' ? parseInstant(value) : undefined;
    return instant === undefined ? undefined : printTime(instant);
  },
  toScim(value) {
    const instant = parseTime(value.toString());
    return instant === undefined ? undefined : new Date(instant).toISOString();
  },
  form: String,
  same: (one, other) => {
    const instant = parseInstant(String(one));
    return instant !== undefined && instant === parseInstant(String(other)) && !FINE.test(String(other));
  },
};

/** More than milliseconds, which would be lost. */
const FINE = /\.\d{3}\d*[1-9]/;

/** base64 on SCIM's side, octets on LDAP's. */
const binary: Converter = {
  toLdap: (value) => (typeof value === 'string' && value !== '' ? Buffer.from(value, 'base64') : undefined),
  toScim: (value) => value.toString('base64'),
  form: (value) => Buffer.from(value).toString('base64'),
};

const JPEG = 'data:image/jpeg;base64,';

/** `jpegPhoto` as the URL that SCIM's photos are: RFC 2397. */
const jpeg: Converter = {
  toLdap: (value) =>
    typeof value === 'string' && value.startsWith(JPEG) ? binary.toLdap(value.slice(JPEG.length)) : undefined,
  toScim: (value) => `${JPEG}${value.toString('base64')}`,
  form: binary.form,
};

/** What ppolicy reads as locked until an administrator unlocks it (draft-behera-ldap-password-policy §5.3.3). */
export const LOCKED = '000001010000Z';

/**
 * `false` is a lock, `true` is none: `active` by `pwdAccountLockedTime`. A real time is ppolicy's own, after too many wrong passwords: it
 * may be over, it disables nobody, and no write of `true` lifts it.
 */
const lock: Converter = {
  toLdap: (value) => (value === false ? LOCKED : undefined),
  toScim: (value) => value.toString() !== LOCKED,
  absent: true,
  form: String,
};

export const ACCOUNT_DISABLED = 0x2;
const NORMAL_ACCOUNT = 0x200;

/** `active` by userAccountControl of Active Directory, whose other bits stay as they are: MS-ADTS §2.2.16. */
const account: Converter = {
  toLdap: (value) =>
    typeof value === 'boolean' ? String(value ? NORMAL_ACCOUNT : NORMAL_ACCOUNT | ACCOUNT_DISABLED) : undefined,
  toScim(value) {
    const flags = integer.toScim(value);
    return typeof flags === 'number' ? (flags & ACCOUNT_DISABLED) === 0 : undefined;
  },
  form: String,
  onto: (value, present) => String((Number(present) & ~ACCOUNT_DISABLED) | (Number(value) & ACCOUNT_DISABLED)),
};

/** No DN begins so: attribute types have no colon. */
export const ID_MARK = 'id:';

/** The id of another resource, which its DN stands for in the directory: see `references.ts`. */
const dn: Converter = {
  toLdap: (value) => (typeof value === 'string' ? `${ID_MARK}${value}` : undefined),
  toScim: (value) => (value.toString().startsWith(ID_MARK) ? value.toString().slice(ID_MARK.length) : undefined),
  form: String,
};

const CONVERTERS: { readonly [name in Conversion]: Converter } = {
  text,
  ia5,
  printable,
  boolean,
  inverse,
  integer,
  time,
  binary,
  jpeg,
  lock,
  account,
  dn,
};

export function converterOf(conversion: Conversion): Converter {
  return CONVERTERS[conversion];
}

const OPEN: ReadonlySet<Conversion> = new Set(['text', 'ia5', 'printable', 'dn', 'account']);

/** Whether an entry may have more of it than is shown: a second `uid`, the DN of a stranger, other flags. */
export function isOpen(conversion: Conversion): boolean {
  return OPEN.has(conversion);
}

const GENERALIZED = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)?(\d\d)?(?:[.,](\d+))?(?:Z|([+-])(\d\d)(\d\d)?)$/;

/** Milliseconds since the epoch of a GeneralizedTime; undefined where it is none. A fraction is one of what is named last. */
export function parseTime(text: string): number | undefined {
  return plainTime(text) ?? anyTime(text);
}

const PLAIN = /^\d{14}Z$/;

/** As servers write the stamps of every entry, `20261127185500Z`; undefined where it is written, or counted, in another way. */
function plainTime(text: string): number | undefined {
  if (!PLAIN.test(text)) return undefined;
  const at = (from: number, to: number) => Number(text.slice(from, to));
  const [year, month, day, hour] = [at(0, 4), at(4, 6), at(6, 8), at(8, 10)];
  const [minute, second] = [at(10, 12), at(12, 14)];
  // Date.UTC would carry what is too much over into the next unit, and takes years below 100 for others.
  const isPlain =
    year > 99 && month > 0 && month < 13 && day > 0 && day < 29 && hour < 24 && minute < 60 && second < 60;
  return isPlain ? Date.UTC(year, month - 1, day, hour, minute, second) : undefined;
}

function anyTime(text: string): number | undefined {
  const parts = GENERALIZED.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '0', sign, offsetHour, offsetMinute = '00'] = parts;
  const offset = sign === undefined ? 'Z' : `${sign}${offsetHour}:${offsetMinute}`;
  const whole = parseInstant(`${year}-${month}-${day}T${hour}:${minute ?? '00'}:${second ?? '00'}${offset}`);
  if (whole === undefined) return undefined;
  const unitMs = second !== undefined ? 1_000 : minute !== undefined ? 60_000 : 3_600_000;
  // Halves of a microsecond, for what binary fractions lack.
  return whole + Math.floor(Number(`0.${fraction}`) * unitMs + 0.0005);
}

/** Fractions of a second are written where there are any. */
export function printTime(instant: number): string {
  const iso = new Date(instant).toISOString();
  const [whole = '', fraction = '000Z'] = iso.split('.');
  const digits = whole.replace(/[-:T]/g, '');
  return fraction === '000Z' ? `${digits}Z` : `${digits}.${fraction}`;
}
