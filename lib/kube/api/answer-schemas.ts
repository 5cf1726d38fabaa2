import { z } from 'zod'
import type { ConsoleAnswer } from '../../fleet/console/answer.ts'
import type { ViewersAnswer } from '../../fleet/console/viewers.ts'
import type { ActionAnswer, BulkLine, Problem } from '../../fleet/writes/answer.ts'
import { PROBLEM_CODES } from '../../fleet/writes/answer.ts'
import { WRITTEN_RESOURCES } from '../../fleet/writes/planned-write.ts'

/** A schema of what the type says, so that neither can change without the other. */
type Of<T> = z.ZodType<T>

const anObject = z.record(z.string(), z.unknown())
const place = {
  path: z.string(),
  resource: z.enum(WRITTEN_RESOURCES),
  namespace: z.string(),
  name: z.string(),
}

const operation = z.union([
  z.object({ op: z.enum(['test', 'add', 'replace']), path: z.string(), value: z.unknown() }),
  z.object({ op: z.literal('remove'), path: z.string() }),
])

const deleteOptions = z.object({
  kind: z.literal('DeleteOptions'),
  apiVersion: z.literal('v1'),
  preconditions: z.object({ uid: z.string() }),
  propagationPolicy: z.literal('Background'),
})

const write = z.discriminatedUnion('method', [
  z.object({ ...place, method: z.enum(['POST', 'PUT']), body: anObject }),
  z.object({ ...place, method: z.literal('PATCH'), body: z.array(operation).readonly() }),
  z.object({ ...place, method: z.literal('DELETE'), body: deleteOptions }),
])

const target = z.object({ kind: z.string(), namespace: z.string(), name: z.string(), uid: z.string() })

export const actionAnswerSchema: Of<ActionAnswer> = z.object({
  action: z.string(),
  dryRun: z.boolean(),
  target,
  object: target.extend({ resourceVersion: z.string(), generation: z.int().nullable() }),
  write,
  kubectl: z.string().meta({ description: 'the command with the same effect' }),
  seen: z.boolean().meta({ description: "the dashboard's own watch has told this write" }),
  warnings: z.array(z.string()),
  notes: z.array(z.string()),
  preview: z.object({ before: anObject.nullable(), after: anObject.nullable() }).exactOptional(),
})

export const problemSchema: Of<Problem> = z.object({
  status: z.int(),
  code: z.enum(PROBLEM_CODES),
  title: z.string(),
  detail: z.string(),
  reason: z.string().exactOptional(),
  field: z.string().exactOptional(),
  causes: z.array(z.object({ field: z.string(), message: z.string() })).exactOptional(),
  conflict: z.object({ who: z.string(), when: z.string(), what: z.string() }).exactOptional(),
  retryAfter: z.number().exactOptional(),
})

export const consoleAnswerSchema: Of<ConsoleAnswer> = z.object({
  path: z.string().meta({ description: 'of the WebSocket to open' }),
  protocols: z.array(z.string()).meta({
    description: 'its subprotocols: binary, and a ticket that opens it once, within half a minute',
  }),
  expiresAt: z.string(),
  viewer: z.string().meta({ description: 'names this console among the viewers of the VM' }),
})

export const viewersAnswerSchema: Of<ViewersAnswer> = z.object({
  viewers: z.array(
    z.object({ who: z.string(), since: z.string(), you: z.boolean(), inControl: z.boolean() }),
  ),
})

const index = z.int()

export const bulkLineSchema: Of<BulkLine> = z.union([
  z.object({ index, state: z.literal('started') }),
  z.object({ index, state: z.literal('done'), answer: actionAnswerSchema }),
  z.object({ index, state: z.literal('refused'), problem: problemSchema }),
  z.object({ state: z.literal('finished'), done: z.int(), refused: z.int(), left: z.int() }),
])
