import type { Clock } from '../clock.ts'
import type { AccountTokens, User } from './authentication.ts'
import { isRecord, listAt, numberAt, textAt, valueAt } from './json.ts'
import type { JsonRecord } from './json.ts'
import type { Store } from './store.ts'
import type { TokenSigner } from './service-account-tokens.ts'
import { isOwnToken } from './service-account-tokens.ts'

/** The groups that every service account of a namespace is in. */
export const accountGroups = (namespace: string) => [
  'system:serviceaccounts',
  `system:serviceaccounts:${namespace}`,
]

export const accountUsername = (namespace: string, name: string) =>
  `system:serviceaccount:${namespace}:${name}`

const AUTHENTICATION = 'authentication.kubernetes.io'
const BOUND = ['pod', 'secret'] as const

/** What a token is tied to must still be there: the same object, not another one of its name. */
function lostOne(store: Store, claims: unknown): string {
  const account = valueAt(claims, 'serviceaccount')
  if (!store.byUid(textAt(account, 'uid'))) return 'service account token has been invalidated'
  for (const kind of BOUND) {
    const bound = valueAt(claims, kind)
    if (isRecord(bound) && !store.byUid(textAt(bound, 'uid')))
      return 'service account token has been invalidated'
  }
  return ''
}

function extraOf(claims: JsonRecord): Record<string, string[]> {
  const own = claims['kubernetes.io']
  const pairs: [string, string][] = [['credential-id', `JTI=${textAt(claims, 'jti')}`]]
  for (const kind of ['node', 'pod'] as const) {
    const bound = valueAt(own, kind)
    if (!isRecord(bound)) continue
    pairs.push([`${kind}-name`, textAt(bound, 'name')])
    if (textAt(bound, 'uid')) pairs.push([`${kind}-uid`, textAt(bound, 'uid')])
  }
  return Object.fromEntries(pairs.map(([key, value]) => [`${AUTHENTICATION}/${key}`, [value]]))
}

function userOf(claims: JsonRecord): User {
  const own = claims['kubernetes.io']
  const namespace = textAt(own, 'namespace')
  return {
    username: accountUsername(namespace, textAt(own, 'serviceaccount', 'name')),
    uid: textAt(own, 'serviceaccount', 'uid'),
    groups: accountGroups(namespace),
    extra: extraOf(claims),
  }
}

export function accountTokens(store: Store, signer: TokenSigner, clock: Clock): AccountTokens {
  return {
    userOf(token, audiences) {
      if (!isOwnToken(token)) return undefined
      const claims = signer.read(token)
      if (typeof claims === 'string') return claims
      const meant = listAt(claims, 'aud').filter((one) => typeof one === 'string')
      if (!meant.some((one) => audiences.includes(one))) {
        const [have, want] = [meant, audiences].map(
          (list) => `[${list.map((one) => JSON.stringify(one)).join(' ')}]`,
        )
        return `token audiences ${have} is invalid for the target audiences ${want}`
      }
      if (numberAt(claims, 'exp') * 1000 <= clock.now()) return 'service account token has expired'
      return lostOne(store, claims['kubernetes.io']) || userOf(claims)
    },
  }
}
