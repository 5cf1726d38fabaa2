import type { z } from 'zod'
import { Refused } from '../problem.ts'

const pathOf = (path: readonly PropertyKey[]) =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    '',
  )

const PRINTED = 100
const shortened = (text: string) => (text.length > PRINTED ? `${text.slice(0, PRINTED)}…` : text)

function causesOf(issue: z.core.$ZodIssue): { field: string; message: string }[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: shortened(pathOf([...issue.path, key])),
      message: 'is not a field of this request',
    }))
  }
  const field = shortened(pathOf(issue.path))
  return [{ field, message: shortened(issue.message) }]
}

/**
 * The input as its schema reads it.
 * @throws Refused naming every field that is wrong; `what` is what was read, as `the body`
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  what: string,
): z.output<Schema> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const causes = result.error.issues.flatMap(causesOf).slice(0, 20)
  const [first] = causes
  throw new Refused({
    status: 422,
    code: 'invalid',
    title: 'The request is not valid',
    detail: causes.map(({ field, message }) => `${field || what}: ${message}`).join('; '),
    ...(first === undefined || first.field === '' ? {} : { field: first.field }),
    causes,
  })
}
