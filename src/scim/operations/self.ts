import type { ResourceType } from '#core/schema/attribute.ts';
import { DirectoryError } from '#model/errors.ts';
import type { ResourceId } from '#model/resource.ts';
import type { Context } from '../context.ts';
import { resourcePath } from '../response/resource-text.ts';

/**
 * Whom `/Me` means, RFC 7644 §3.11: the user that the credential names, never one by default. One look-up. From here on every
 * answer has the permanent address as its Location, refusals among them.
 * @throws {DirectoryError} NOT_FOUND where the credential names nobody, or somebody who does not exist
 */
export async function resolveSelf({
  exchange,
  session,
  tenant,
}: Context): Promise<readonly [ResourceType, ResourceId]> {
  const { principal, response, baseUrl } = exchange;
  const type = tenant.registry.type('User');
  if (type === undefined || principal.user === undefined) {
    throw new DirectoryError(
      'NOT_FOUND',
      `no user stands behind the token "${principal.name}"; the key "user" of its entry in auth.tokens names one by userName`,
    );
  }
  const self = await session.self();
  if (self === null) {
    throw new DirectoryError(
      'NOT_FOUND',
      `no ${type.name} has the userName "${principal.user}", which auth.tokens names for the token "${principal.name}"`,
    );
  }
  response.setHeader('Location', baseUrl + resourcePath(type, self.id));
  return [type, self.id];
}
