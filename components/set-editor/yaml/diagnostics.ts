import type { Diagnostic } from '@codemirror/lint'
import { isMissing } from '../document/field-problem.ts'
import type { FieldProblem } from '../document/field-problem.ts'
import { fieldText } from '../document/path.ts'
import { rangeOf } from '../document/set-text.ts'
import type { ParsedText } from '../document/set-text.ts'

/**
 * What is wrong with a text, where it stands: faults of the YAML, or else problems of its fields. What is only missing
 * is said when `revealed`.
 */
export function diagnosticsOf(
  parsed: ParsedText,
  problems: readonly FieldProblem[],
  revealed: boolean,
): Diagnostic[] {
  if (parsed.faults.length > 0) {
    return parsed.faults.map(({ from, to, message }) => ({ from, to, message, severity: 'error' }))
  }
  return problems
    .filter((problem) => revealed || !isMissing(problem))
    .map(({ path, severity, message }) => {
      const { from, to } = rangeOf(parsed, path)
      return { from, to, severity, message: `${fieldText(path)} ${message}` }
    })
}
