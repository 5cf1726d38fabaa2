import { z } from 'zod'
import { LOG_TAILS, MAX_LOG_TAIL } from '../../fleet/log/vm-log.ts'
import { BULK_ACTIONS, MOST_TARGETS } from '../../fleet/bulk/actions.ts'
import type { BulkAction, BulkArgument } from '../../fleet/bulk/actions.ts'
import { MOST_ENTRIES } from '../../fleet/trail/answer.ts'
import { TRAIL_SPANS } from '../../fleet/trail/filter.ts'
import type { TrailSpan } from '../../fleet/trail/filter.ts'
import { TRAIL_ACTIONS, TRAIL_RESULTS } from '../../fleet/trail/record.ts'
import { CONTROL_WISHES } from '../../fleet/console/viewers.ts'
import { CONSOLE_KINDS } from '../../fleet/console/answer.ts'
import { SCREEN_WIDTHS } from '../../fleet/console/screen.ts'

/** Names as Kubernetes allows them; what is none must not reach a path. */
const DNS_NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/
const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

export const namespaceName = z.string().regex(DNS_LABEL, 'is not the name of a namespace')
export const objectName = z.string().regex(DNS_NAME, 'is not a name: small letters, digits, - and . only')

const uid = z
  .string()
  .regex(/^[\w.-]{1,128}$/, 'is not a uid')
  .meta({ description: 'metadata.uid of the very object that is meant; a namesake made since is refused' })

export const placeParams = z.strictObject({ namespace: namespaceName, name: objectName })

const dryRun = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .optional()
  .meta({ description: 'true: the cluster only tries it, and the answer shows what would be written' })

export const actionQuery = z.strictObject({ dryRun })
export const bulkQuery = z.strictObject({
  dryRun,
  preview: z.enum(['true', 'false'], { error: 'must be true or false' }).optional().meta({
    description: 'false: a dry run answers without the objects before and after, megabytes for a thousand',
  }),
})
export const deletionQuery = z.strictObject({ uid, dryRun })
export const noQuery = z.strictObject({})

export const logQuery = z.strictObject({
  tail: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, 'must be a whole number')
    .transform(Number)
    .refine((tail) => tail <= MAX_LOG_TAIL, `must be at most ${MAX_LOG_TAIL}`)
    .optional()
    .meta({ description: `how many lines from the end; ${LOG_TAILS[0]} unless told` }),
})

export const rightsQuery = z.strictObject({ namespace: namespaceName })

const words = z.string().max(300)

export const auditQuery = z.strictObject({
  who: words.optional(),
  action: z.enum(TRAIL_ACTIONS).optional(),
  namespace: namespaceName.optional(),
  object: words.optional().meta({ description: 'a part of Kind/name' }),
  result: z.enum(TRAIL_RESULTS).optional(),
  span: z
    .enum(Object.keys(TRAIL_SPANS) as [TrailSpan, ...TrailSpan[]])
    .optional()
    .meta({ description: 'how far back' }),
  text: words.optional().meta({ description: 'words that all stand somewhere in an entry' }),
  limit: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, 'must be a whole number')
    .transform(Number)
    .refine((limit) => limit <= MOST_ENTRIES, `must be at most ${MOST_ENTRIES}`)
    .optional(),
  after: z
    .string()
    .regex(/^[\dTZ:.-]{0,30} [\w-]{0,64}$/, 'is not what an answer gave as next')
    .optional()
    .meta({ description: 'what the answer before gave as next' }),
})

export const targetBody = z.strictObject({ uid })

/** Zod says of a number that is out of bounds what it says of one that is none, unless each has words of its own. */
const whole = (least: number, most: number) =>
  z.int('must be a whole number').min(least, `must be at least ${least}`).max(most, `must be at most ${most}`)

const MOST_FORKS = 256

const count = whole(1, MOST_FORKS).meta({ description: 'how many sub-agents more' })

const newSet = z.strictObject({
  namespace: namespaceName.optional().meta({ description: "the VM's own unless given" }),
  name: objectName,
  replicas: whole(0, MOST_FORKS).default(0),
  nodePool: z
    .string()
    .max(63)
    .optional()
    .meta({ description: "the VM's own unless given; '' leaves it to the cluster's default" }),
})

const FORKS = ['count', 'intoSet', 'pod'] as const

/** Exactly one of the three ways to fork. */
export const forkVmBody = z
  .strictObject({
    uid,
    count: count.optional(),
    intoSet: newSet.optional().meta({ description: "a new CocoonSet from the VM's hibernate snapshot" }),
    pod: z
      .strictObject({ name: objectName })
      .optional()
      .meta({ description: 'a pod of no set, where admission allows it' }),
  })
  .refine((body) => FORKS.filter((way) => body[way] !== undefined).length === 1, {
    error: 'must have exactly one of count, intoSet and pod',
  })

export const forkSetBody = z.strictObject({ uid, count })

const replicas = whole(0, 2 ** 31 - 1)

export const scaleBody = z.strictObject({
  uid,
  replicas: replicas.meta({ description: 'sub-agents; the main agent is extra' }),
  seen: replicas.optional().meta({ description: 'how many there were when this was decided' }),
})

const node = z.union([z.literal(''), objectName])

export const migrateBody = z.strictObject({
  uid,
  node: node.meta({ description: "where the main agent is to run; '' lifts the pin" }),
  seen: node.optional().meta({ description: 'where it was pinned when this was decided' }),
})

const texts = z.record(z.string(), z.string())
const API_VERSION = 'cocoonset.cocoonstack.io/v1'

const userMetadata = {
  namespace: namespaceName,
  name: objectName,
  labels: texts.optional(),
  annotations: texts.optional(),
}

/** What it holds, the cluster itself judges: its CRD may be older or newer than this dashboard. */
export const setSpec = z.record(z.string(), z.unknown())

export const createSetBody = z.strictObject({
  apiVersion: z.literal(API_VERSION).optional(),
  kind: z.literal('CocoonSet').optional(),
  metadata: z.strictObject(userMetadata),
  spec: setSpec,
})

export const editSetBody = z.strictObject({
  apiVersion: z.literal(API_VERSION).optional(),
  kind: z.literal('CocoonSet').optional(),
  metadata: z.strictObject({
    ...userMetadata,
    uid,
    resourceVersion: z
      .string()
      .regex(/^[1-9]\d{0,18}$/, 'is not a resource version')
      .meta({ description: 'as it was when the editor was opened' }),
    generation: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'likewise; with it, a change of the mere status in between is no conflict' }),
  }),
  spec: setSpec,
})

const ACTION_NAMES = Object.keys(BULK_ACTIONS) as [BulkAction, ...BulkAction[]]
const takersOf = (argument: BulkArgument) =>
  ACTION_NAMES.filter((name) => BULK_ACTIONS[name].takes === argument)
const forTakers = (argument: BulkArgument) => `for ${takersOf(argument).join(' and ')}`

const bulkTarget = z.strictObject({
  namespace: namespaceName,
  name: objectName,
  uid,
  seen: z.union([replicas, node]).optional().meta({
    description: `for scale-set and migrate-set: what there was of it when this was decided`,
  }),
})

const TYPE_OF_SEEN: Record<BulkArgument, string> = { count: '', replicas: 'number', node: 'string' }

function seenFits({ action, targets }: { action: BulkAction; targets: { seen?: unknown }[] }): boolean {
  const { takes } = BULK_ACTIONS[action]
  const type = takes === null ? '' : TYPE_OF_SEEN[takes]
  return targets.every(({ seen }) => seen === undefined || typeof seen === type)
}

export const bulkBody = z
  .strictObject({
    action: z.enum(ACTION_NAMES),
    targets: z.array(bulkTarget).min(1).max(MOST_TARGETS),
    count: count.optional().meta({ description: `${forTakers('count')}: how many more of each` }),
    replicas: replicas.optional().meta({ description: `${forTakers('replicas')}: how many of each` }),
    node: node.optional().meta({ description: `${forTakers('node')}: where to; '' lifts the pin` }),
  })
  .superRefine((body, { addIssue }) => {
    for (const argument of ['count', 'replicas', 'node'] as const) {
      if ((body[argument] !== undefined) === (BULK_ACTIONS[body.action].takes === argument)) continue
      const takers = takersOf(argument).join(' and ')
      const message = `is for ${takers}, which cannot do without, and for nothing else`
      addIssue({ code: 'custom', message, path: [argument] })
    }
  })
  .refine(seenFits, { error: 'seen is not what this action changes', path: ['targets'] })
  .refine(({ targets }) => new Set(targets.map((target) => target.uid)).size === targets.length, {
    error: 'names one target twice',
    path: ['targets'],
  })

export const screenQuery = z.strictObject({
  uid,
  width: z
    .enum(SCREEN_WIDTHS.map(String), `must be one of ${SCREEN_WIDTHS.join(', ')}`)
    .transform((text) => SCREEN_WIDTHS.find((width) => String(width) === text) ?? SCREEN_WIDTHS[0])
    .meta({ description: 'the width of the picture in pixels' }),
})

export const consoleBody = z.strictObject({
  uid,
  kind: z.enum(CONSOLE_KINDS).meta({ description: 'vnc: the screen; exec: a shell' }),
})

const viewer = z
  .string()
  .regex(/^[\w-]{1,64}$/, 'names no console')
  .meta({ description: 'what the ticket of a console was answered with' })

export const viewersQuery = z.strictObject({ uid, viewer: viewer.optional() })

export const controlBody = z.strictObject({ uid, viewer, control: z.enum(CONTROL_WISHES) })

export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 printable characters without spaces')

/** With what somebody signs in: a bearer token of the cluster, or one of the demo's users. */
export const signInBody = z.union([
  z.strictObject({
    token: z
      .string()
      .trim()
      .min(1, 'must not be empty')
      .max(16_384, 'is longer than any token')
      .regex(/^[\w.~+/=-]+$/, 'has characters that no token has'),
  }),
  z.strictObject({ demoUser: z.string().max(100) }),
])
