import { expect, it } from 'vitest'
import { createGreeting } from './greeting.ts'

/** What is made of a text that comes in pieces of so many bytes. */
function read(text: string, pieces: number): string {
  const greeting = createGreeting()
  const bytes = Buffer.from(text, 'latin1')
  for (let at = 0; at < bytes.length; at += pieces) {
    const { state } = greeting.read(bytes.subarray(at, at + pieces))
    if (state !== 'not-yet') return state
  }
  return 'not-yet'
}

it.each(['RFB 003.003\n', 'RFB 003.008\n', 'RFB 003.889\n', 'RFB 004.001\n', 'RFB 005.000\nmore'])(
  'takes %j',
  (text) => {
    expect([read(text, 1), read(text, 5), read(text, 100)]).toEqual(['rfb', 'rfb', 'rfb'])
  },
)

it.each([
  'SSH-2.0-OpenSSH_9.9\r\n',
  'HTTP/1.1 400 Bad Request\r\n',
  '+OK redis\r\n',
  '220 mail ESMTP\r\n',
  'RFB 000.000\n',
  'RFB 006.000\n',
  'RFB 003.00a\n',
  'RFB 003.008\r\n',
  'rfb 003.008\n',
  '\0\0\0\0\0\0\0\0\0\0\0\0',
])('does not take %j', (text) => {
  expect([read(text, 1), read(text, 5), read(text, 100)]).toEqual(['not-rfb', 'not-rfb', 'not-rfb'])
})

it('waits for all of it', () => {
  expect(read('RFB 003.008', 3)).toBe('not-yet')
})
