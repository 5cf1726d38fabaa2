import type { SignedIn } from '../../lib/fleet/session.ts'

const ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/

/** A name short enough for the sidebar: of an account its own, of an address what is before the @. */
export function shortName(name: string): string {
  const account = ACCOUNT.exec(name)?.[2]
  if (account !== undefined) return account
  const [before = ''] = name.split('@')
  return before === '' ? name : before
}

/** One letter for the round sign of somebody. */
export const initialOf = (name: string): string =>
  (/[\p{L}\p{N}]/u.exec(shortName(name))?.[0] ?? '?').toUpperCase()

/** In what shells do not read anything into, or quoted. */
const quoted = (name: string) =>
  /^[\w.:@/-]+$/.test(name) ? name : `'${name.replaceAll("'", String.raw`'\''`)}'`

/** How `kubectl create rolebinding` is told of somebody. */
export function subjectFlag(name: string): string {
  const [, namespace, account] = ACCOUNT.exec(name) ?? []
  return namespace === undefined ? `--user=${quoted(name)}` : `--serviceaccount=${namespace}:${account ?? ''}`
}

/** With whose credentials the cluster is asked for somebody. */
export const MEANS: Record<SignedIn['means'], string> = {
  token: 'Your own token',
  impersonation: 'The dashboard’s, speaking for you',
  dashboard: 'The dashboard’s own',
}
