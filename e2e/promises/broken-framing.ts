import type { Random } from '../../demo/random.ts'

/** A request that the dashboard would do: whatever is smuggled past its framing must not reach the routes. */
export interface Prize {
  /** Of the one route that the smuggled request would act on. */
  path: string
  uid: string
}

const JSON_HEAD = 'Host: localhost\r\nContent-Type: application/json\r\n'

/** As a request that is alone on its connection; it is what an attacker hides behind another one. */
const smuggled = ({ path, uid }: Prize) => `DELETE ${path}?uid=${uid} HTTP/1.1\r\nHost: localhost\r\n\r\n`

const post = (headers: string, body: string) => `POST /api/bulk HTTP/1.1\r\n${JSON_HEAD}${headers}\r\n${body}`

/** Two readers could disagree about where each of these ends, so that no request may follow it. */
function ambiguous(prize: Prize): Record<string, string> {
  const hidden = smuggled(prize)
  const chunked = `0\r\n\r\n${hidden}`
  return {
    'CL and TE': post(`Content-Length: 5\r\nTransfer-Encoding: chunked\r\n`, chunked),
    'TE and CL': post(`Transfer-Encoding: chunked\r\nContent-Length: ${chunked.length}\r\n`, chunked),
    'two lengths': post(`Content-Length: 0\r\nContent-Length: ${hidden.length}\r\n`, hidden),
    'a list of lengths': post(`Content-Length: 0, ${hidden.length}\r\n`, hidden),
    'a length with a sign': post(`Content-Length: +0\r\n`, hidden),
    'a negative length': post(`Content-Length: -1\r\n`, hidden),
    'a hexadecimal length': post(`Content-Length: 0x0\r\n`, hidden),
    'a length beyond all': post(`Content-Length: 99999999999999999999999999\r\n`, hidden),
    'a length after a blank': post(`Content-Length : 0\r\n`, hidden),
    'TE after a blank': post(`Transfer-Encoding : chunked\r\n`, chunked),
    'TE of another kind': post(`Transfer-Encoding: xchunked\r\n`, chunked),
    'TE behind another': post(`Transfer-Encoding: chunked, identity\r\n`, chunked),
    'TE twice': post(`Transfer-Encoding: identity\r\nTransfer-Encoding: chunked, chunked\r\n`, chunked),
    'TE in a folded line': post(`Transfer-Encoding:\r\n chunked\r\n`, chunked),
    'TE behind a tab': post(`Transfer-Encoding:\tchunked\x0b\r\n`, chunked),
    'a chunk size that is none': post(`Transfer-Encoding: chunked\r\n`, `ZZ\r\n${hidden}`),
    'a negative chunk size': post(`Transfer-Encoding: chunked\r\n`, `-1\r\n${hidden}`),
    'a chunk size beyond all': post(`Transfer-Encoding: chunked\r\n`, `FFFFFFFFFFFFFFFFF\r\n${hidden}`),
    'a chunk that is too long': post(`Transfer-Encoding: chunked\r\n`, `2\r\nabcd\r\n0\r\n\r\n${hidden}`),
    'chunks by bare LF': post(`Transfer-Encoding: chunked\r\n`, `0\n\n${hidden}`),
    'a chunk extension with LF': post(`Transfer-Encoding: chunked\r\n`, `0;a\nb\r\n\r\n${hidden}`),
    'a line end by CR alone': post(`X: a\rTransfer-Encoding: chunked\r\n`, chunked),
    'a line end by LF alone': post(`Content-Length: 0\nX: y\n\n`, hidden),
    'a NUL in a header': post(`X: a\0b\r\nContent-Length: 0\r\n`, hidden),
    'a header without a name': post(`: x\r\nContent-Length: 0\r\n`, hidden),
    'a header without a colon': post(`nonsense\r\nContent-Length: 0\r\n`, hidden),
    'a first line of another protocol': `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${hidden}`,
    'a version that is none': `POST /api/bulk HTTP/9.9\r\n${JSON_HEAD}\r\n${hidden}`,
    'a method that is none': `STEAL /api/bulk HTTP/1.1\r\n${JSON_HEAD}\r\n${hidden}`,
    'no version': `GET /api/fleet\r\n\r\n${hidden}`,
    'TLS where none is spoken': `\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03${hidden}`,
    'more headers than anyone needs': post(
      `${Array.from({ length: 5_000 }, (_, at) => `X-${at}: y\r\n`).join('')}Content-Length: 0\r\n`,
      hidden,
    ),
    'a header that never ends': post(`X: ${'y'.repeat(200_000)}\r\n`, hidden),
  }
}

const act = ({ path }: Prize, body: string, more = '') =>
  `POST ${path}/suspend HTTP/1.1\r\n${JSON_HEAD}${more}Connection: close\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`

const DEPTH = 10_000

/** Framed as it should be, and refused for what it says. */
function refused(prize: Prize): Record<string, string> {
  const body = JSON.stringify({ uid: prize.uid })
  const plain = (line: string, headers: string, sent = body) =>
    `${line}\r\n${headers}Content-Type: application/json\r\nConnection: close\r\nContent-Length: ${sent.length}\r\n\r\n${sent}`
  return {
    'no host': plain(`POST ${prize.path}/suspend HTTP/1.1`, ''),
    'two hosts': plain(`POST ${prize.path}/suspend HTTP/1.1`, 'Host: localhost\r\nHost: evil.example\r\n'),
    'a host elsewhere': plain(`POST ${prize.path}/suspend HTTP/1.1`, 'Host: evil.example\r\n'),
    'an absolute target': plain(
      `POST http://evil.example${prize.path}/suspend HTTP/1.1`,
      'Host: evil.example\r\n',
    ),
    'dots in the path': plain(`POST ${prize.path}/../../../api/x/suspend HTTP/1.1`, 'Host: localhost\r\n'),
    'a broken escape': plain(`POST ${prize.path}/%zz HTTP/1.1`, 'Host: localhost\r\n'),
    'half an escape': plain(`POST ${prize.path}/% HTTP/1.1`, 'Host: localhost\r\n'),
    'an escape that is no letter': plain(`POST ${prize.path}/%ff HTTP/1.1`, 'Host: localhost\r\n'),
    'a broken escape in the query': plain(`POST ${prize.path}/suspend?x=%zz HTTP/1.1`, 'Host: localhost\r\n'),
    'a broken escape of a page': plain('GET /%E0%A4%A HTTP/1.1', 'Host: localhost\r\n'),
    'a NUL in the path': plain(`POST ${prize.path}/%00 HTTP/1.1`, 'Host: localhost\r\n'),
    'a tunnel': plain('CONNECT 127.0.0.1:22 HTTP/1.1', 'Host: localhost\r\n'),
    'an echo': plain(`TRACE ${prize.path} HTTP/1.1`, 'Host: localhost\r\n'),
    'an expectation that is none': act(prize, '{}', 'Expect: 200-maybe\r\n'),
    'an upgrade that is none': act(prize, '{}', 'Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n'),
    'an upgrade with two hosts':
      'GET /api/vnc HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: Upgrade\r\n' +
      'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    'a method by a header': act(prize, '{}', 'X-HTTP-Method-Override: DELETE\r\n'),
    'a depth that nobody walks': act(prize, `{"uid":${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}}`),
    'a body that is too long': act(prize, JSON.stringify({ uid: 'x'.repeat(400_000) })),
    'a body that is compressed': act(prize, '\x1f\x8b\x08\0\0\0', 'Content-Encoding: gzip\r\n'),
    'a server action': `POST / HTTP/1.1\r\nHost: localhost\r\nNext-Action: ${'a'.repeat(42)}\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: 2\r\n\r\n[]`,
  }
}

/** By name, everything that is sent once. */
export const brokenRequests = (prize: Prize): Record<string, string> => ({
  ...ambiguous(prize),
  ...refused(prize),
})

const MEGABYTE = Buffer.alloc(1024 * 1024, 0x20)

/** So many megabytes in chunks, as somebody sends them who does not listen for an answer. */
export function* endlessBody({ path }: Prize, megabytes: number): Iterable<Buffer> {
  yield Buffer.from(`POST ${path}/suspend HTTP/1.1\r\n${JSON_HEAD}Transfer-Encoding: chunked\r\n\r\n`)
  for (let sent = 0; sent < megabytes; sent += 1) {
    yield Buffer.from('100000\r\n')
    yield MEGABYTE
    yield Buffer.from('\r\n')
  }
  yield Buffer.from('0\r\n\r\n')
}

/** A request whose bytes were spoilt anywhere; the uid is nobody's, since it may still be understood. */
export function spoiltBytes({ path }: Prize, random: Random): Buffer {
  const whole = Buffer.from(act({ path, uid: '' }, JSON.stringify({ uid: 'nobody' })))
  const bytes = Buffer.from(
    whole.subarray(0, random.next() < 0.3 ? random.int(1, whole.length) : whole.length),
  )
  for (let spoilt = random.int(1, 8); spoilt > 0; spoilt -= 1) {
    bytes[random.int(0, bytes.length - 1)] = random.int(0, 255)
  }
  return bytes
}
