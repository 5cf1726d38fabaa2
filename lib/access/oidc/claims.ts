import { flawOfPerson } from '../person.ts'
import type { Person } from '../person.ts'

/** How claims become names, as kube-apiserver's --oidc-… flags say it, so that the same bindings hold for both. */
export interface ClaimNames {
  issuer: string
  usernameClaim: string
  /** `-` for none; '' for `issuer#`, but for the claim `email` for none. */
  usernamePrefix: string
  groupsClaim: string
  groupsPrefix: string
}

export type ClaimedPerson = { person: Person } | { refused: string }

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')

function prefixOf({ issuer, usernameClaim, usernamePrefix }: ClaimNames): string {
  const prefix = usernamePrefix || (usernameClaim === 'email' ? '-' : `${issuer}#`)
  return prefix === '-' ? '' : prefix
}

/** Who an ID token is of. Its signature, issuer, audience and times have been checked by whoever asks. */
export function personOfClaims(claims: Readonly<Record<string, unknown>>, names: ClaimNames): ClaimedPerson {
  const name = claims[names.usernameClaim]
  if (typeof name !== 'string' || name === '') {
    return { refused: `the ID token has no claim "${names.usernameClaim}" (OIDC_USERNAME_CLAIM)` }
  }
  if (
    names.usernameClaim === 'email' &&
    claims.email_verified !== undefined &&
    claims.email_verified !== true
  ) {
    return { refused: 'the provider has not verified the e-mail address' }
  }
  const claimed = claims[names.groupsClaim] ?? []
  const groups = typeof claimed === 'string' ? [claimed] : claimed
  if (!isTexts(groups))
    return { refused: `the claim "${names.groupsClaim}" is no list of names (OIDC_GROUPS_CLAIM)` }
  const person = {
    name: `${prefixOf(names)}${name}`,
    groups: [...new Set(groups.map((group) => `${names.groupsPrefix}${group}`))],
  }
  const flaw = flawOfPerson(person)
  return flaw === '' ? { person } : { refused: flaw }
}
