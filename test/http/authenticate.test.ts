import { createHash } from 'node:crypto';
import { validateHeaderValue } from 'node:http';
import { expect, test } from 'vitest';
import { isRefused, openAuthenticator } from '#http/authenticate.ts';
import type { TenantId } from '#model/resource.ts';

test.each(['日本', 'line\r\nSet-Cookie: a=b', 'say "hi" \\o/'])(
  'a token named %j has expired in a header that RFC 6750 §3 allows',
  (name) => {
    const sha256 = createHash('sha256').update('old').digest('hex');
    const principal = { name, tenant: 'acme' as TenantId, scopes: new Set<never>() };
    const authenticate = openAuthenticator([{ sha256, principal, expires: new Date(0) }]);
    const refused = authenticate({
      headers: { authorization: 'Bearer old' },
      rawHeaders: ['Authorization', 'Bearer old'],
    });
    const challenge = isRefused(refused) ? refused.challenge : '';
    expect(() => validateHeaderValue('www-authenticate', challenge)).not.toThrow();
    expect(challenge).toMatch(/^Bearer realm="portico", error="invalid_token", error_description="[ !#-[\]-~]+"$/);
  },
);
