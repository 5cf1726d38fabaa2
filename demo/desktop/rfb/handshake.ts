import type { ByteReader } from './byte-reader.ts'
import { NoRfb } from './client-messages.ts'
import { knowsPassword, newChallenge } from './vnc-auth.ts'

const VERSION = 'RFB 003.008\n'
const NONE = 1
const VNC_AUTH = 2
const FAILED = 1

function sentence(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1')
  const head = Buffer.alloc(4)
  head.writeUInt32BE(bytes.length, 0)
  return Buffer.concat([head, bytes])
}

const result = (value: number) => Buffer.of(0, 0, 0, value)

async function authenticate(
  input: ByteReader,
  send: (bytes: Buffer) => void,
  password: string,
): Promise<boolean> {
  const challenge = newChallenge()
  send(challenge)
  return knowsPassword(challenge, await input.read(16), password)
}

/**
 * Greets a client (RFC 6143, 7.1 to 7.3.1; versions 3.3, 3.7 and 3.8) and returns whether it is willing to share the
 * desktop. Throws `NoRfb` for what is no client, or does not know the password; '' asks for none.
 */
export async function greet(
  input: ByteReader,
  send: (bytes: Buffer) => void,
  password: string,
): Promise<boolean> {
  send(Buffer.from(VERSION, 'latin1'))
  const spoken = /^RFB 003\.(\d{3})\n$/.exec((await input.read(12)).toString('latin1'))
  if (!spoken) throw new NoRfb('no version of RFB')
  const minor = Number(spoken[1])
  const type = password === '' ? NONE : VNC_AUTH
  if (minor < 7) send(result(type))
  else {
    send(Buffer.of(1, type))
    const chosen = (await input.read(1)).readUInt8(0)
    if (chosen !== type) {
      send(result(FAILED))
      if (minor > 7) send(sentence(`Security type ${chosen} was not offered.`))
      throw new NoRfb(`the security type ${chosen}, which was not offered`)
    }
  }
  const known = type === NONE || (await authenticate(input, send, password))
  // Before 3.8 nobody is told that nothing had to be checked.
  if (type !== NONE || minor > 7) send(result(known ? 0 : FAILED))
  if (!known) {
    if (minor > 7) send(sentence('The password is wrong.'))
    throw new NoRfb('a wrong password')
  }
  return (await input.read(1)).readUInt8(0) !== 0
}
