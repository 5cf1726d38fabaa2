import { isIPv4, isIPv6, SocketAddress } from 'node:net'
import { z } from 'zod'

const number = (low: number, high: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${low} to ${high}`)
    .transform(Number)
    .refine((value) => value >= low && value <= high, `must be a whole number from ${low} to ${high}`)

const whole = (low: number, high: number, fallback: number) => number(low, high).default(fallback)

const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, { error: `must be one of ${words.join(', ')}` })

const speed = z
  .string()
  .regex(/^\d{1,4}(\.\d{1,3})?$/, 'must be a number from 0.1 to 1000')
  .transform(Number)
  .refine((value) => value >= 0.1 && value <= 1000, 'must be a number from 0.1 to 1000')
  .default(1)

const listOf = <Item>(what: string, read: (text: string) => Item | undefined) =>
  z
    .string()
    .transform((text, context) => {
      const items = text.split(',').map((part) => read(part.trim()))
      if (!items.includes(undefined)) return items as Item[]
      context.addIssue({ code: 'custom', message: `must be ${what}, separated by commas` })
      return z.NEVER
    })
    .optional()

/** What a browser calls the origin of a page there. */
const origin = (text: string) =>
  /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text ? text : undefined

/** With its address in its usual form. */
function network(text: string): string | undefined {
  const [, address = '', digits] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const family = isIPv4(address) ? 'ipv4' : isIPv6(address) && !address.includes('.') ? 'ipv6' : null
  if (family === null) return undefined
  const bits = family === 'ipv4' ? 32 : 128
  const prefix = Number(digits ?? bits)
  return prefix <= bits ? `${new SocketAddress({ address, family }).address}/${prefix}` : undefined
}

function portRange(text: string): { first: number; last: number } | undefined {
  const [, from = '', to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? []
  const [first, last] = [Number(from), Number(to)]
  return first >= 1 && first <= last && last <= 65_535 ? { first, last } : undefined
}

const host = z.string().regex(/^[0-9A-Za-z.:-]{1,255}$/, 'must be a host name or an IP address')

const isIssuer = (text: string) =>
  URL.canParse(text) && /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$))/.test(text)

/** Lower case, since that is how HTTP compares them. */
const header = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,100}$/, 'must be the name of a header, with dashes')
  .transform((name) => name.toLowerCase())

const schema = z.object({
  HOST: host.default('127.0.0.1'),
  ALLOW_UNAUTHENTICATED: oneOf(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true'),
  AUTH_MODE: oneOf(['none', 'token', 'oidc', 'proxy']).default('none'),
  /** Newest first. */
  SESSION_SECRET: listOf('texts of at least 32 characters', (text) => (text.length >= 32 ? text : undefined)),
  OIDC_ISSUER: z
    .string()
    .refine(isIssuer, 'must be the https address of a provider, or http on loopback')
    .default(''),
  OIDC_CLIENT_ID: z.string().max(1_000).default(''),
  OIDC_CLIENT_SECRET: z.string().max(10_000).default(''),
  OIDC_SCOPES: z
    .string()
    .regex(/^openid( [!-~]+)*$/, 'must begin with openid, and name scopes separated by blanks')
    .default('openid email profile'),
  OIDC_USERNAME_CLAIM: z.string().max(200).default('sub'),
  OIDC_USERNAME_PREFIX: z.string().max(200).default(''),
  OIDC_GROUPS_CLAIM: z.string().max(200).default('groups'),
  OIDC_GROUPS_PREFIX: z.string().max(200).default(''),
  OIDC_PASS_TOKEN: oneOf(['auto', 'always', 'never']).default('auto'),
  TRUSTED_PROXIES: listOf('networks, as 10.0.0.0/8', network),
  PROXY_USER_HEADER: header.default('x-forwarded-user'),
  PROXY_GROUPS_HEADER: header.default('x-forwarded-groups'),
  SESSION_IDLE_MINUTES: whole(1, 10_080, 60),
  SESSION_LONGEST_MINUTES: whole(1, 43_200, 720),
  PORT: whole(0, 65_535, 3000),
  CLUSTER: oneOf(['auto', 'demo', 'kube']).default('auto'),
  KUBECONFIG: z.string().optional(),
  HOME: z.string().optional(),
  KUBERNETES_SERVICE_HOST: z.string().optional(),
  LOG_LEVEL: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  PUBLIC_ORIGIN: listOf('origins, as https://cocoon.example', origin),
  RATE_LIMIT: whole(0, 1_000_000, 50),
  STREAMS_PER_USER: whole(1, 100_000, 20),
  METRICS_HOST: host.default('127.0.0.1'),
  METRICS_PORT: number(0, 65_535).optional(),
  CONSOLE_ALLOWED_CIDRS: listOf('networks, as 10.0.0.0/8', network),
  CONSOLE_ALLOWED_PORTS: listOf('ports or ranges of them, as 5900-5999', portRange),
  SCREENS_VNC_PASSWORD: z.string().default(''),
  CONSOLES_PER_USER: whole(1, 10_000, 50),
  CONSOLES_TOTAL: whole(1, 10_000, 500),
  CONSOLE_IDLE_MINUTES: whole(0, 10_080, 60),
  CONSOLE_LONGEST_MINUTES: whole(0, 10_080, 720),
  TERMINAL_SHELL: z
    .string()
    .regex(/^[\w./-]{1,100}$/, 'must be the path of a program')
    .default(''),
  DEMO_SETS: whole(1, 2_000, 12),
  DEMO_VMS: whole(1, 20_000, 60),
  DEMO_NODES: whole(1, 500, 3),
  DEMO_SEED: whole(0, 999_999_999, 7),
  DEMO_SPEED: speed,
  DEMO_WEATHER: oneOf(['off', 'low', 'high']).default('low'),
})

const SECRETS: ReadonlySet<string> = new Set(['SESSION_SECRET', 'OIDC_CLIENT_SECRET', 'SCREENS_VNC_PASSWORD'])

/** The whole configuration of the dashboard. Nothing else reads `process.env`. */
export type Environment = z.infer<typeof schema>

/** A variable that cannot be used: which, what it says, and what is allowed. */
export class EnvironmentError extends Error {
  override name = 'EnvironmentError'
}

/**
 * Reads and validates the configuration. A variable that is set to nothing counts as not set.
 * @throws EnvironmentError naming every bad variable, its value and what is allowed.
 */
export function readEnvironment(variables: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  const result = schema.safeParse(given)
  if (result.success) return result.data
  const lines = result.error.issues.map((issue) => {
    const name = String(issue.path[0])
    // A secret is not repeated where logs are kept.
    const said = SECRETS.has(name) ? '…' : JSON.stringify(given[name])
    return `${name}=${said} ${issue.message}`
  })
  throw new EnvironmentError(lines.join('\n'))
}
