import { schemaNameOf } from './structure.ts'

const reversed = (group: string) => group.split('.').reverse().join('.')

/** The name of a kind's schema: of a built-in one as its Go package says, of a custom one by its group. */
export function kindSchemaName(
  of: { group: string; version: string; custom: boolean },
  kind: string,
): string {
  return schemaNameOf(of.group, of.version, kind) ?? `${reversed(of.group)}.${of.version}.${kind}`
}
