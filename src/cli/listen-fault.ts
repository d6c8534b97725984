const REASONS: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'is taken: stop what listens there'],
  ['EACCES', 'may not be opened by this user'],
  ['EADDRNOTAVAIL', 'is no address of this machine'],
  ['ENOTFOUND', 'is a name that does not resolve'],
]);

/** What stands in the way of listening, and what to do; undefined for any other error. */
export function listenFault(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error)) return undefined;
  const { code, address, hostname, port } = error as NodeJS.ErrnoException & Readonly<Record<string, unknown>>;
  const reason = REASONS.get(code ?? '');
  if (reason === undefined) return undefined;
  const place = [address ?? hostname, port].filter((part) => part !== undefined).join(':');
  return `${place} ${reason}, or choose another by PORTICO_HOST and PORTICO_PORT (server.host and server.port of a configuration)`;
}
