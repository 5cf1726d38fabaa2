import { expect, it } from 'vitest'
import { tokenOf } from './token-of.ts'

const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ2ZXJhIn0.c2lnbmF0dXJl-_'

it.each<[string, string, string]>([
  ['a token', JWT, JWT],
  ['one with an end of line', `${JWT}\n`, JWT],
  [
    'one that a terminal broke into lines',
    `${JWT.slice(0, 20)}\n${JWT.slice(20, 40)}\r\n  ${JWT.slice(40)}`,
    JWT,
  ],
  ['one of a header', `Bearer ${JWT}`, JWT],
  ['a whole header', `Authorization: Bearer ${JWT}`, JWT],
  ['one that is no JWT', 'abcdef.0123456789abcdef', 'abcdef.0123456789abcdef'],
])('takes %s', (_what, pasted, token) => {
  expect(tokenOf(pasted)).toEqual({ token })
})

it.each<[string, string, RegExp]>([
  ['nothing', ' \n', /Paste a token first/],
  ['a kubeconfig', 'apiVersion: v1\nusers:\n- user:\n    token: abc', /not a token/],
  ['a Secret as JSON', '{"kind": "Secret", "data": {}}', /not a token/],
  ['one that is still encoded', Buffer.from(JWT).toString('base64'), /base64 -d/],
  ['the command', 'kubectl create token vera -n research', /command/],
  ['what no header can carry', 'tökén', /ASCII/],
])('says what is wrong with %s', (_what, pasted, flaw) => {
  expect(tokenOf(pasted)).toEqual({ flaw: expect.stringMatching(flaw) as string })
})
