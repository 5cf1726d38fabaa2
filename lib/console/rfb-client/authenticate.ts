import { createCipheriv } from 'node:crypto'
import { CaptureFailed } from './capture-failed.ts'
import type { Source } from './source.ts'

const NONE = 1
const VNC_AUTH = 2
const MOST_REASON = 4096

const mirrored = (byte: number) =>
  Number.parseInt(byte.toString(2).padStart(8, '0').split('').reverse().join(''), 2)

/** The answer to a challenge of VNC Authentication (RFC 6143, 7.2.2): DES under the password's mirrored bytes. */
export function vncAnswer(challenge: Buffer, password: string): Buffer {
  const key = Buffer.alloc(8)
  Buffer.from(password, 'latin1').copy(key)
  const des = Buffer.from(Array.from(key, mirrored))
  // Three times the same key is plain DES, which OpenSSL no longer offers by name.
  const cipher = createCipheriv('des-ede3-ecb', Buffer.concat([des, des, des]), null).setAutoPadding(false)
  return Buffer.concat([cipher.update(challenge), cipher.final()])
}

async function reason(input: Source): Promise<string> {
  const length = (await input.read(4)).readUInt32BE(0)
  return (await input.read(Math.min(length, MOST_REASON))).toString('utf8')
}

async function offered(input: Source, minor: number): Promise<number[]> {
  if (minor < 7) {
    const type = (await input.read(4)).readUInt32BE(0)
    return type === 0 ? [] : [type]
  }
  const [count = 0] = await input.read(1)
  return [...(await input.read(count))]
}

/**
 * Passes a server's security: none where it asks for none, the password where there is one.
 * @throws CaptureFailed `needs-password` when it asks for what is not known, `unreachable` when it wants nobody now
 */
export async function authenticate(
  input: Source,
  send: (bytes: Buffer) => void,
  minor: number,
  password: string,
): Promise<void> {
  const types = await offered(input, minor)
  if (types.length === 0) throw new CaptureFailed('unreachable', await reason(input))
  const type = types.includes(NONE) ? NONE : types.includes(VNC_AUTH) && password !== '' ? VNC_AUTH : 0
  if (type === 0) throw new CaptureFailed('needs-password', 'The VNC server asks for a password.')
  if (minor >= 7) send(Buffer.of(type))
  if (type === VNC_AUTH) send(vncAnswer(await input.read(16), password))
  // Before 3.8 nobody is told that nothing had to be checked.
  if (type === NONE && minor < 8) return
  const passed = (await input.read(4)).readUInt32BE(0) === 0
  if (!passed) throw new CaptureFailed('needs-password', 'The VNC server did not take the password.')
}
