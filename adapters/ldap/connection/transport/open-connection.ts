import { once } from 'node:events';
import { connect, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, checkServerIdentity, connect as connectTls } from 'node:tls';
import { LdapError } from '../ldap-error.ts';
import type { ExtendedResult } from '../operations.ts';
import type { PoolSettings, TlsSettings } from '../pool.ts';
import { type Encode, encodeExtended, encodeExternalBind, encodeSimpleBind } from '../protocol/encode.ts';
import type { Address } from './address.ts';
import { Channel } from './channel.ts';
import { ConnectionBroken } from './failures.ts';

const START_TLS = '1.3.6.1.4.1.1466.20037';
const KEEP_ALIVE_MS = 30_000;

export type Opening = Pick<PoolSettings, 'tls' | 'bind'> & { readonly connectTimeoutMs: number };

/**
 * A channel that is connected, encrypted where it shall be, and bound; all of it in `connectTimeoutMs`.
 * @throws {ConnectionBroken} where nobody listens or speaks, or a certificate does not fit; {LdapError} where the bind is refused
 */
export async function openChannel(address: Address, { tls = {}, bind, connectTimeoutMs }: Opening): Promise<Channel> {
  const signal = AbortSignal.timeout(connectTimeoutMs);
  const plain = new Channel(await openSocket(address, tls, signal));
  const startsTls = tls.startTls === true && address.kind === 'tcp' && !address.encrypted;
  const channel = startsTls ? await encrypt(plain, address.host, tls, signal) : plain;
  if (bind?.method === 'simple') await ask(channel, encodeSimpleBind(bind.dn, bind.password), signal);
  if (bind?.method === 'external') await ask(channel, encodeExternalBind(), signal);
  return channel;
}

function openSocket(address: Address, tls: TlsSettings, signal: AbortSignal): Promise<Socket> {
  if (address.kind === 'socket') return ready(connect(address.path), 'connect', signal);
  const { host, port, encrypted } = address;
  if (encrypted) return ready(connectTls({ host, port, ...tlsOptions(host, tls) }), 'secureConnect', signal);
  return ready(connect(port, host), 'connect', signal);
}

async function ready(socket: Socket, event: string, signal: AbortSignal): Promise<Socket> {
  try {
    await once(socket, event, { signal });
  } catch (cause) {
    socket.on('error', () => undefined).destroy();
    throw new ConnectionBroken('no connection to the directory', { cause, sent: false });
  }
  return socket.setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_MS);
}

async function encrypt(plain: Channel, host: string, tls: TlsSettings, signal: AbortSignal): Promise<Channel> {
  await ask(plain, encodeExtended({ oid: START_TLS }), signal);
  const socket = detached(plain);
  return new Channel(await ready(connectTls({ socket, ...tlsOptions(host, tls) }), 'secureConnect', signal));
}

function detached(plain: Channel): Socket {
  try {
    return plain.detach();
  } catch (error) {
    plain.close();
    throw error;
  }
}

function tlsOptions(host: string, { ca, cert, key, passphrase, servername = host }: TlsSettings): ConnectionOptions {
  return {
    minVersion: 'TLSv1.2',
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(passphrase !== undefined && { passphrase }),
    // SNI has names alone; the certificate is held against an address as well.
    ...(isIP(servername) === 0 && { servername }),
    checkServerIdentity: (_, certificate) => checkServerIdentity(servername, certificate),
  };
}

/** Before others share the channel. @throws {LdapError} where the result is no success */
async function ask(channel: Channel, encode: Encode, signal: AbortSignal): Promise<void> {
  const stop = () => channel.destroy(new Error('the directory did not answer in time'));
  signal.addEventListener('abort', stop);
  try {
    const result = await new Promise<ExtendedResult>((resolve, reject) => {
      const take = (message: { readonly kind: string; readonly result?: ExtendedResult }) => {
        if (message.result !== undefined) resolve(message.result);
        return message.result !== undefined;
      };
      channel.send(encode, { take, broken: reject });
    });
    if (result.code !== 0) throw new LdapError(result);
  } catch (error) {
    channel.close();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
