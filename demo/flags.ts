import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { OidcIssuer } from './api/oidc-tokens.ts'
import type { DemoClusterOptions } from './start.ts'
import { WEATHERS } from './weather/weather.ts'

/** What the command line of the demo cluster says; `kubeconfig` is '' when no file is wanted. */
export type DemoFlags = Omit<DemoClusterOptions, 'clock' | 'log'> & { kubeconfig: string }

function bad(flag: string, value: string, allowed: string): Error {
  return new Error(`--${flag} ${JSON.stringify(value)}: must be ${allowed}`)
}

function whole(flag: string, value: string, low: number, high: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN
  if (!(number >= low && number <= high)) throw bad(flag, value, `a whole number from ${low} to ${high}`)
  return number
}

function factor(flag: string, value: string): number {
  const number = /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN
  if (!(number > 0 && number <= 1000)) throw bad(flag, value, 'a number above 0, up to 1000')
  return number
}

/** Flags of the same names and meanings as those of kube-apiserver. */
const OIDC_FLAGS = {
  'oidc-issuer-url': { type: 'string', default: '' },
  'oidc-client-id': { type: 'string', default: '' },
  'oidc-username-claim': { type: 'string', default: '' },
  'oidc-username-prefix': { type: 'string', default: '' },
  'oidc-groups-claim': { type: 'string', default: '' },
  'oidc-groups-prefix': { type: 'string', default: '' },
  'oidc-ca-file': { type: 'string', default: '' },
} as const

type Variables = Readonly<Record<string, string | undefined>>

const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)/

/** kube-apiserver asks for https always; a provider on this machine may do without it here. */
function oidcIssuer(values: Record<keyof typeof OIDC_FLAGS, string>, env: Variables): OidcIssuer | undefined {
  const issuer = values['oidc-issuer-url'] || env['DEMO_OIDC_ISSUER'] || ''
  const clientId = values['oidc-client-id'] || env['DEMO_OIDC_CLIENT_ID'] || ''
  if (issuer === '' && clientId === '') return undefined
  if (!URL.canParse(issuer) || !(issuer.startsWith('https:') || LOOPBACK.test(issuer))) {
    throw bad('oidc-issuer-url', issuer, 'an https address, or http on loopback')
  }
  if (clientId === '') throw bad('oidc-client-id', clientId, 'the client for whom tokens are issued')
  const ca = values['oidc-ca-file']
  return {
    issuer,
    clientId,
    usernameClaim: values['oidc-username-claim'] || 'sub',
    usernamePrefix: values['oidc-username-prefix'],
    groupsClaim: values['oidc-groups-claim'],
    groupsPrefix: values['oidc-groups-prefix'],
    ...(ca === '' ? {} : { certificateAuthority: readFileSync(ca, 'utf8') }),
  }
}

/**
 * Reads `npm run demo:cluster -- …`; `env` has an issuer where the flags name none. Throws an Error that names the flag,
 * its value and what is allowed.
 */
export function readDemoFlags(args: string[], env: Variables = {}): DemoFlags {
  const { values } = parseArgs({
    args,
    options: {
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '6443' },
      kubeconfig: { type: 'string', default: '' },
      sets: { type: 'string', default: '12' },
      vms: { type: 'string', default: '60' },
      nodes: { type: 'string', default: '3' },
      seed: { type: 'string', default: '7' },
      speed: { type: 'string', default: '1' },
      weather: { type: 'string', default: 'low' },
      ...OIDC_FLAGS,
    },
  })
  const weather = WEATHERS.find((each) => each === values.weather)
  if (weather === undefined) throw bad('weather', values.weather, `one of ${WEATHERS.join(', ')}`)
  const sets = whole('sets', values.sets, 0, 5_000)
  const vms = whole('vms', values.vms, 0, 50_000)
  if (vms < sets) throw bad('vms', values.vms, `at least ${sets}, one for each of the ${sets} sets`)
  if (sets === 0 && vms > 0) throw bad('vms', values.vms, '0 when there are no sets')
  return {
    host: values.host,
    port: whole('port', values.port, 0, 65_535),
    kubeconfig: values.kubeconfig,
    sets,
    vms,
    nodes: whole('nodes', values.nodes, 1, 1_000),
    seed: whole('seed', values.seed, 0, 4_294_967_295),
    speed: factor('speed', values.speed),
    weather,
    oidc: oidcIssuer(values, env),
  }
}
