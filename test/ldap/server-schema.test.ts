import { describe, expect, test } from 'vitest';
import { ServerSchema } from '#adapters/ldap/server/schema.ts';
import { conversionOfSyntax } from '#adapters/ldap/server/syntaxes.ts';

const SCHEMA = new ServerSchema(
  [
    "( 2.5.4.41 NAME 'name' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15{32768} )",
    "( 2.5.4.3 NAME ( 'cn' 'commonName' ) DESC 'it MUST ( not ) be $ read' SUP name )",
    "( 2.5.4.4 NAME 'sn' SUP name )",
    "( 1.1 NAME 'first' SUP second )",
    "( 1.2 NAME 'second' SUP first )",
    "( 1.3.6.1.4.1.42.2.27.8.1.17 NAME 'pwdAccountLockedTime' SYNTAX 1.3.6.1.4.1.1466.115.121.1.24 SINGLE-VALUE USAGE directoryOperation )",
    "( 1.4 NAME 'adStyle' SYNTAX '1.3.6.1.4.1.1466.115.121.1.7' SINGLE-VALUE NO-USER-MODIFICATION )",
    'no description at all',
    '',
  ],
  [
    "( 2.5.6.0 NAME 'top' ABSTRACT MUST objectClass )",
    "( 2.5.6.6 NAME 'person' SUP top STRUCTURAL MUST ( sn $ commonName ) MAY ( userPassword $ name ) )",
    "( 1.5 NAME 'keeper' SUP top AUXILIARY MAY adStyle X-ORIGIN 'us' )",
    "( 1.3.6.1.4.1.1466.101.120.111 NAME 'extensibleObject' SUP top AUXILIARY )",
  ],
);

describe("a server's schema", () => {
  test('knows attributes by any of their names, and what they have from those above them', () => {
    expect(SCHEMA.attribute('COMMONNAME')).toEqual({
      names: ['cn', 'commonName'],
      syntax: '1.3.6.1.4.1.1466.115.121.1.15',
      equality: 'caseIgnoreMatch',
      singleValue: false,
      operational: false,
    });
    expect(SCHEMA.attribute('2.5.4.3')?.names).toEqual(['cn', 'commonName']);
    expect(SCHEMA.attribute('sn;lang-en')?.names).toEqual(['sn']);
    expect(SCHEMA.attribute('pwdAccountLockedTime')).toMatchObject({ operational: true, singleValue: true });
    expect(SCHEMA.attribute('nowhere')).toBeUndefined();
  });

  test('reads what leads back to itself, and is not misled by words in descriptions', () => {
    expect(SCHEMA.attribute('first')).toMatchObject({ syntax: undefined });
    expect(SCHEMA.attribute('not')).toBeUndefined();
  });

  test('says what entries must and may have, by the names that it prefers', () => {
    const contents = SCHEMA.contents(['PERSON', 'keeper']);
    expect([...(contents?.must ?? [])].sort()).toEqual(['cn', 'objectclass', 'sn']);
    expect([...(contents?.may ?? [])].sort()).toEqual(['adstyle', 'name', 'userpassword']);
    expect(SCHEMA.contents(['person', 'extensibleObject'])).toBeUndefined();
    expect(SCHEMA.objectClass('keeper')?.kind).toBe('auxiliary');
    expect(SCHEMA.objectClass('top')?.kind).toBe('abstract');
  });

  test('has syntaxes that say how values are converted', () => {
    expect(conversionOfSyntax(SCHEMA.attribute('adStyle')?.syntax)).toBe('boolean');
    expect(conversionOfSyntax(SCHEMA.attribute('cn')?.syntax)).toBe('text');
    expect(conversionOfSyntax('1.2.3')).toBeUndefined();
  });
});
