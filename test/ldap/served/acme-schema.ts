/** slapd.conf: an attribute of each syntax that a converter is for, and a class that allows them. */
export const ACME_SCHEMA = [
  ['loginDisabled', 'booleanMatch', 'SYNTAX 1.3.6.1.4.1.1466.115.121.1.7'],
  ['acmeVip', 'booleanMatch', 'SYNTAX 1.3.6.1.4.1.1466.115.121.1.7'],
  ['acmeLevel', 'integerMatch', 'SYNTAX 1.3.6.1.4.1.1466.115.121.1.27'],
  ['acmeHired', 'generalizedTimeMatch ORDERING generalizedTimeOrderingMatch', 'SYNTAX 1.3.6.1.4.1.1466.115.121.1.24'],
  ['acmeBadge', 'octetStringMatch', 'SYNTAX 1.3.6.1.4.1.1466.115.121.1.40'],
]
  .map(
    ([name, rule, syntax], i) =>
      `attributetype ( 2.25.307445673402412091837441893145290416100.${i + 1} NAME '${name}' EQUALITY ${rule} ${syntax} SINGLE-VALUE )`,
  )
  .concat(
    "objectclass ( 2.25.307445673402412091837441893145290416101 NAME 'acmePerson' SUP top AUXILIARY MAY ( loginDisabled $ acmeVip $ acmeLevel $ acmeHired $ acmeBadge $ userCertificate ) )",
  )
  .join('\n');

export const ACME = 'urn:acme:params:scim:schemas:extension:badge:1.0:User';

/** The extension whose attributes they hold. */
export const ACME_SCIM = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
  id: ACME,
  name: 'Badge',
  attributes: [
    { name: 'vip', type: 'boolean' },
    { name: 'level', type: 'integer' },
    { name: 'hired', type: 'dateTime' },
    { name: 'badge', type: 'binary' },
    { name: 'germanTitle', type: 'string' },
    { name: 'secretary', type: 'string' },
    { name: 'seeAlso', type: 'complex', multiValued: true, subAttributes: [{ name: 'value', type: 'string' }] },
  ],
};
