import { itemsOf } from './reader.ts'
import type { Reader } from './reader.ts'

/** One condition as the dashboard reads it. */
export interface ConditionFacts {
  status: string
  reason: string
  message: string
  since: string | null
}

const MESSAGE_LIMIT = 4_096

/** Conditions by type; of two with the same type the later one counts. */
export function readConditions(conditions: unknown, read: Reader): Map<string, ConditionFacts> {
  return new Map(
    itemsOf(conditions).map((condition) => {
      const type = read.text('condition type', condition.type)
      return [
        type,
        {
          status: read.text(`${type} status`, condition.status),
          reason: read.text(`${type} reason`, condition.reason),
          message: read.text(`${type} message`, condition.message, MESSAGE_LIMIT),
          since: read.time(`${type} lastTransitionTime`, condition.lastTransitionTime),
        },
      ]
    }),
  )
}
