import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';

type Network = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

export interface BaseUrlOptions {
  /** Absolute, no trailing slash; wins over everything. */
  readonly publicUrl?: string;
  /** The address that the server listens on, used where nobody trusted says otherwise: a Host header is the client's word. */
  listening(): string;
  /** CIDR ranges or single addresses of proxies whose Forwarded and X-Forwarded-* headers are believed. */
  readonly trustedProxies: readonly string[];
}

const HOST = /^[a-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-f:]+\](:\d{1,5})?$/i;

/** How clients reach this server, as a base for `meta.location` and `$ref`; without a trailing slash. */
export function openBaseUrl(options: BaseUrlOptions): (request: IncomingMessage) => string {
  const { publicUrl } = options;
  const listening = () => options.listening();
  if (publicUrl !== undefined) return () => publicUrl;
  if (options.trustedProxies.length === 0) return listening;
  const networks = options.trustedProxies.map(parseNetwork);
  return (request) =>
    isTrusted(networks, request.socket.remoteAddress) ? (forwardedBase(request) ?? listening()) : listening();
}

function parseNetwork(text: string): Network {
  if (text.includes('/')) return ipaddr.parseCIDR(text);
  const address = ipaddr.parse(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

function isTrusted(networks: readonly Network[], remote: string | undefined): boolean {
  if (remote === undefined || !ipaddr.isValid(remote)) return false;
  const address = ipaddr.process(remote);
  return networks.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits));
}

/** RFC 7239 §4 first, then the older X-Forwarded-*; of a list the first entry, which the outermost proxy wrote. */
function forwardedBase(request: IncomingMessage): string | undefined {
  const forwarded = forwardedPairs(first(request.headers['forwarded']));
  const proto = forwarded.get('proto') ?? first(request.headers['x-forwarded-proto']);
  const host = forwarded.get('host') ?? first(request.headers['x-forwarded-host']);
  if (proto !== 'https' && proto !== 'http') return undefined;
  return host !== undefined && HOST.test(host) ? `${proto}://${host}` : undefined;
}

function first(header: string | readonly string[] | undefined): string | undefined {
  const text = typeof header === 'string' ? header : header?.[0];
  return text?.split(',', 1)[0]?.trim();
}

function forwardedPairs(element: string | undefined): ReadonlyMap<string, string> {
  const pairs = (element ?? '').split(';').map((pair) => pair.trim().split('=', 2));
  return new Map(pairs.map(([name = '', value = '']) => [name.toLowerCase(), value.replace(/^"(.*)"$/, '$1')]));
}
