import { expect, it } from 'vitest'
import { foreignOrigin } from './own-origin.ts'

it.each([
  ['http://localhost:3000', 'localhost:3000', []],
  ['https://localhost:3000', 'localhost:3000', []],
  ['http://127.0.0.1:3000', '127.0.0.1:3000', []],
  ['http://[::1]:3000', '[::1]:3000', []],
  ['https://cocoon.example', 'cocoon.example', ['https://cocoon.example']],
  ['https://cocoon.example', 'inside:3000', ['https://a.example', 'https://cocoon.example']],
])('knows %s at %s for its own', (origin, host, publicOrigins) => {
  expect(foreignOrigin(origin, host, publicOrigins)).toBeNull()
})

it.each([
  [undefined, 'localhost:3000', []],
  ['null', 'localhost:3000', []],
  ['', 'localhost:3000', []],
  ['http://localhost:3001', 'localhost:3000', []],
  ['http://127.0.0.1:3000', 'localhost:3000', []],
  ['http://LOCALHOST:3000', 'localhost:3000', []],
  ['http://localhost:3000/', 'localhost:3000', []],
  ['http://localhost:3000, http://evil.example', 'localhost:3000', []],
  ['http://evil.example:3000', 'evil.example:3000', []],
  ['http://localhost.evil.example', 'localhost.evil.example', []],
  ['http://cocoon.example', 'cocoon.example', ['https://cocoon.example']],
  ['https://cocoon.example.', 'cocoon.example', ['https://cocoon.example']],
  ['https://vm.cocoon.example', 'cocoon.example', ['https://cocoon.example']],
  ['http://localhost:3000', 'localhost:3000', ['https://cocoon.example']],
])('knows %j at %s with %j for foreign', (origin, host, publicOrigins) => {
  expect(foreignOrigin(origin, host, publicOrigins)).not.toBeNull()
})

it('says what to set where it does not know its own address', () => {
  expect(foreignOrigin('http://a.example', 'a.example', [])).toContain('PUBLIC_ORIGIN')
})
