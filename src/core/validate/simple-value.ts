import { X509Certificate } from 'node:crypto';
import { fold, parseInstant } from '#model/fold.ts';
import { numberOf } from '#model/parse-json.ts';
import type { Json } from '#model/resource.ts';
import type { Leniency } from '../leniency.ts';
import { prepareOpaqueString } from '../precis/opaque-string.ts';
import { usernameFault } from '../precis/username.ts';
import type { Attribute, AttributeType } from '../schema/attribute.ts';
import { isEmailAddress } from './email.ts';
import { type Faults, shown } from './faults.ts';
import { canonicalForm, isEmail } from './forms.ts';
import { referenceFault } from './reference.ts';

/** What reading a body takes along: what is tolerated, and where its faults go. */
export interface Reader {
  readonly leniency: Leniency;
  readonly faults: Faults;
}

type SimpleType = Exclude<AttributeType, 'complex'>;

interface SimpleReader {
  readonly expected: string;
  /** The value in its stored form, or undefined where it is none. */
  read(value: Json, leniency: Leniency): Json | undefined;
}

/** UTF-16 code units. */
const LONGEST_STRING = 65_536;
const LONGEST_PASSWORD = 4_096;
const VALUES_TOLD = 10;

const EMAIL = 'an e-mail address such as ada@example.com (RFC 5321)';

/** Either alphabet of RFC 4648, padding optional. */
const BASE64 = /^(?:[A-Za-z0-9+/]*|[A-Za-z0-9_-]*)={0,2}$/;

const READERS: { readonly [type in SimpleType]: SimpleReader } = {
  string: { expected: 'a string', read: (value) => (typeof value === 'string' ? value : undefined) },
  boolean: { expected: 'true or false', read: readBoolean },
  decimal: { expected: 'a number', read: readDecimal },
  integer: { expected: 'a whole number without fraction and exponent', read: readInteger },
  dateTime: { expected: 'a date and time such as 2011-05-13T04:42:34Z', read: readDateTime },
  reference: { expected: 'a URI', read: (value) => (typeof value === 'string' && value !== '' ? value : undefined) },
  binary: { expected: 'base64', read: readBinary },
};

/** RFC 7643 §4.1.2. Whether the code is assigned is not checked: the list changes. */
const COUNTRY: SimpleReader = {
  expected: 'a country code of two letters (ISO 3166-1)',
  read: (value, { countryNames }) => {
    if (typeof value !== 'string') return undefined;
    if (/^[A-Za-z]{2}$/.test(value)) return value.toUpperCase();
    return countryNames === 'accept' ? value : undefined;
  },
};

/** RFC 7643 §4.1.2: one certificate, so nothing may follow its end. */
const CERTIFICATE: SimpleReader = {
  expected: 'one X.509 certificate, DER in base64',
  read: (value) => (isCertificate(readBinary(value)) ? value : undefined),
};

/**
 * One value of a simple attribute in its stored form; undefined where it is empty or at fault. RFC 7643 §2.3
 * `path` is what faults say; a country and a certificate are known by it.
 */
export function readSimple(reader: Reader, attribute: Attribute, value: Json, path: string): Json | undefined {
  if (value === null || isCleared(reader.leniency, attribute, value)) return undefined;
  const { expected, read } = readerOf(attribute, path);
  const stored = read(value, reader.leniency);
  if (stored === undefined) return refuseValue(reader, attribute, value, path, expected);
  if (typeof stored !== 'string') return stored;
  if (stored.length > LONGEST_STRING) {
    const got = `${stored.length} characters`;
    reader.faults.add('INVALID_VALUE', { path, expected: `at most ${LONGEST_STRING} characters`, got });
    return undefined;
  }
  if (stored.isWellFormed() && !stored.includes('\0')) {
    const { canonicalForms } = reader.leniency;
    return checkAllowed(
      reader,
      attribute,
      canonicalForms === 'write' ? canonicalForm(attribute, stored, path) : stored,
      path,
    );
  }
  return refuseValue(reader, attribute, value, path, 'text without U+0000 and unpaired surrogates');
}

/** What a custom schema lists is all that there is, in its own spelling; what its reference types name is where its references lead. */
function checkAllowed(reader: Reader, attribute: Attribute, value: string, path: string): string | undefined {
  if (attribute.closed) {
    const folded = fold(attribute.comparison, value);
    const listed = attribute.canonicalValues?.find((each) => fold(attribute.comparison, each) === folded);
    return listed ?? refuseValue(reader, attribute, value, path, `one of ${listOf(attribute.canonicalValues)}`);
  }
  const fault = faultOf(reader, attribute, value, path);
  return fault === undefined ? value : refuseValue(reader, attribute, value, path, fault);
}

function faultOf({ leniency }: Reader, attribute: Attribute, value: string, path: string): string | undefined {
  if (leniency.malformedEmails === 'refuse' && isEmail(attribute, path) && !isEmailAddress(value)) return EMAIL;
  if (attribute.comparison === 'username') return usernameFault(value, leniency.userNameCharacters);
  return attribute.refersTo && referenceFault(attribute.refersTo, value);
}

function listOf(values: readonly string[] = []): string {
  const told = values.slice(0, VALUES_TOLD).map((value) => JSON.stringify(value));
  const rest = values.length - told.length;
  return `${told.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** A password that can be hashed in bounded time, in the form in which it is compared; undefined where it is at fault. */
export function readPassword(reader: Reader, attribute: Attribute, value: Json, path: string): string | undefined {
  if (typeof value !== 'string' || value === '') {
    return refuseValue(reader, attribute, value, path, 'a string that is not empty');
  }
  if (value.length > LONGEST_PASSWORD) {
    return refuseValue(reader, attribute, value, path, `at most ${LONGEST_PASSWORD} characters`);
  }
  const prepared = prepareOpaqueString(value);
  return (
    prepared ?? refuseValue(reader, attribute, value, path, 'text without control characters and what is invisible')
  );
}

/** Adds the fault, telling the value unless it may be a secret. */
export function refuseValue(
  reader: Reader,
  attribute: Attribute,
  value: Json,
  path: string,
  expected: string,
): undefined {
  const secret = attribute.secret || attribute.returned === 'never' || attribute.mutability === 'writeOnly';
  reader.faults.add('INVALID_VALUE', { path, expected, ...(!secret && { got: shown(value) }) });
}

/** An empty string says nothing of a required attribute whatever the profile, so that it is reported as missing. */
function isCleared(leniency: Leniency, attribute: Attribute, value: Json): boolean {
  return value === '' && (leniency.emptyStrings === 'clear' || attribute.required);
}

function readerOf(attribute: Attribute, path: string): SimpleReader {
  if (attribute.name === 'country' && /^addresses\b/.test(path)) return COUNTRY;
  if (attribute.name === 'value' && /^x509Certificates\b/.test(path)) return CERTIFICATE;
  return READERS[attribute.type as SimpleType];
}

function readBoolean(value: Json, leniency: Leniency): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (leniency.booleanStrings === 'refuse' || typeof value !== 'string') return undefined;
  const lower = value.toLowerCase();
  return lower === 'true' ? true : lower === 'false' ? false : undefined;
}

/** RFC 7643 §2.3.4: an integer has no fraction and no exponent, not even `1.0` or `1e3`, which the reader of JSON keeps apart. */
function readInteger(value: Json): number | undefined {
  return Number.isSafeInteger(value) ? (value as number) : undefined;
}

/** IEEE 754 doubles, so that about 16 digits are kept (RFC 8259 §6). */
function readDecimal(value: Json): number | undefined {
  const number = numberOf(value);
  return Number.isFinite(number) ? number : undefined;
}

function readDateTime(value: Json): string | undefined {
  return typeof value === 'string' && parseInstant(value) !== undefined ? value : undefined;
}

function readBinary(value: Json): string | undefined {
  if (typeof value !== 'string' || !BASE64.test(value)) return undefined;
  const digits = value.replace(/=+$/, '').length;
  const padded = value.length > digits;
  return digits % 4 !== 1 && (!padded || value.length % 4 === 0) ? value : undefined;
}

function isCertificate(base64: string | undefined): boolean {
  if (base64 === undefined) return false;
  const der = Buffer.from(base64, 'base64');
  try {
    return new X509Certificate(der).raw.length === der.length;
  } catch {
    return false;
  }
}
