import { describe, expect, it } from 'vitest'
import { cookieName, dropCookies, readCookie, setCookies } from './cookie.ts'

const TLS = ['https://cocoon.example']

describe('the name of the cookie', () => {
  it.each([
    ['localhost:3000', [], { name: 'cocoon-3000', secure: false }],
    ['127.0.0.1:3111', [], { name: 'cocoon-3111', secure: false }],
    ['[::1]:3000', [], { name: 'cocoon-3000', secure: false }],
    ['localhost', [], { name: 'cocoon-80', secure: false }],
    ['cocoon.example', TLS, { name: '__Host-cocoon', secure: true }],
    ['COCOON.example', TLS, { name: '__Host-cocoon', secure: true }],
    ['cocoon.example:8080', ['http://cocoon.example:8080'], { name: 'cocoon-8080', secure: false }],
    ['cocoon.example', [], null],
    ['evil.example', TLS, null],
    ['localhost:3000', TLS, null],
    ['cocoon.example:8443', TLS, null],
    [null, TLS, null],
  ])('for %s with pages at %j is %j', (host, origins, name) => {
    expect(cookieName(host, origins)).toEqual(name)
  })
})

describe('a value', () => {
  const cookie = { name: '__Host-cocoon', secure: true }
  const sent = (lines: string[]) => lines.map((line) => line.split(';')[0]).join('; ')

  it.each([1, 3_797, 3_798, 3_799, 7_598, 7_599, 20_000])('of %i characters comes back', (length) => {
    const value = 'x'.repeat(length - 1).concat('y')
    const lines = setCookies(cookie, value, 60)
    for (const line of lines) {
      expect(line.length).toBeLessThan(4_096)
      expect(line).toMatch(/; Path=\/; HttpOnly; SameSite=Strict; Secure; Max-Age=60$/)
    }
    expect(readCookie(`a=b; ${sent(lines)}; c=d`, cookie)).toBe(value)
    expect(lines.length > 1 ? readCookie(sent(lines.slice(0, -1)), cookie) : null).toBeNull()
  })

  it('that no browser would keep is not written', () => {
    expect(() => setCookies(cookie, 'x'.repeat(30_000), 60)).toThrow(RangeError)
  })

  it('is taken away with all of its pieces', () => {
    const lines = dropCookies(cookie, '__Host-cocoon=2~x; __Host-cocoon.1=y; other=z')
    expect(lines.map((line) => line.split('=')[0])).toEqual(['__Host-cocoon', '__Host-cocoon.1'])
    expect(lines.every((line) => line.endsWith('; Max-Age=0'))).toBe(true)
  })

  it.each([null, '', '__Host-cocoon=', '__Host-cocoon=x', '__Host-cocoon=9~x', '__Host-cocoon=2~x'])(
    'is none in %j',
    (header) => expect(readCookie(header, cookie)).toBeNull(),
  )
})
