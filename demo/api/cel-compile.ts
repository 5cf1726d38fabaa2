import type { Environment, ParseResult } from '@marcbachmann/cel-js'
import { compileFailure } from './cel-compile-failure.ts'
import { celEnvironment } from './cel-library.ts'
import { literalFault } from './cel-literals.ts'
import { masked } from './cel-masked.ts'
import { relativePath } from './cel-field-path.ts'
import type { CelType, TypeDeclarations } from './cel-types.ts'
import { typeDeclarations } from './cel-types.ts'
import type { SchemaNode, ValidationRule } from './schema-node.ts'

/** A rule that is ready to run, or why it is not. */
export interface CompiledRule {
  source: ValidationRule
  usesOldSelf: boolean
  /** Undefined with an error. */
  program: ParseResult | undefined
  error: string
  messageProgram: ParseResult | undefined
  messageError: string
  /** Below the object that the rule is about: `` or `.a.b`. */
  path: string
}

/** Compiles the rules of one schema, from its root down. */
export interface RuleCompiler {
  compile(node: SchemaNode, isRoot: boolean): CompiledRule[]
  typeOf(node: SchemaNode, isRoot: boolean): CelType | undefined
}

/** Whether a rule is about a change; `oldSelf` in a text or as somebody's field does not count. */
const OLD_SELF = /(?<![.\w])oldSelf\b/
const HAS = /(?<![.\w])has(?=\s*\()/g
const PROBE = 'hAs'
/** The library's own bind() is no part of Kubernetes' CEL. */
const BIND = /(?<![.\w])cel\b/

/** The library does not look at what has() is asked about; a function whose name is as long does. */
function probing(source: string, bare: string): string {
  const places = [...bare.matchAll(HAS)].map((match) => match.index)
  return places.reduce((text, at) => `${text.slice(0, at)}${PROBE}${text.slice(at + PROBE.length)}`, source)
}

/** A program, or why there is none. */
export interface Outcome {
  program?: ParseResult
  error: string
}

/** Compiles an expression that must be of a type. The environment comes from `expressionEnvironment`. */
export function compileExpression(
  environment: Environment,
  source: string,
  wanted: 'bool' | 'string',
): Outcome {
  const bare = masked(source)
  const bind = BIND.exec(bare)
  if (bind) {
    const message = "undeclared reference to 'cel' (in container '')"
    return { error: compileFailure(environment, source, { message, at: bind.index }) }
  }
  const checked = environment.check(source)
  if (!checked.valid) return { error: compileFailure(environment, source, checked.error) }
  const looked = environment.check(probing(source, bare))
  if (!looked.valid) return { error: compileFailure(environment, source, looked.error, HAS) }
  const fault = literalFault(source)
  if (fault) return { error: compileFailure(environment, source, fault) }
  if (checked.type === wanted || (wanted === 'bool' && checked.type === 'dyn')) {
    const program = environment.parse(source)
    program.check()
    return { program, error: '' }
  }
  return { error: wanted === 'bool' ? 'cel expression must evaluate to a bool' : 'must evaluate to a string' }
}

function compileRule(environment: Environment, node: SchemaNode, source: ValidationRule): CompiledRule {
  const { program, error } = compileExpression(environment, source.rule, 'bool')
  const message =
    source.messageExpression && !error && compileExpression(environment, source.messageExpression, 'string')
  const failure = message ? message.error : ''
  const start = failure.startsWith('compilation') ? 'messageExpression ' : ''
  return {
    source,
    usesOldSelf: OLD_SELF.test(masked(source.rule)),
    program,
    error,
    messageProgram: message ? message.program : undefined,
    messageError: failure.startsWith('must') ? `messageExpression ${failure}` : start + failure,
    path: relativePath(source.fieldPath, node) ?? '',
  }
}

function environmentFor(types: Environment, type: CelType, optionalOldSelf: boolean): Environment {
  return types
    .clone()
    .registerVariable('self', type.name)
    .registerVariable('oldSelf', optionalOldSelf ? `optional<${type.name}>` : type.name)
}

/** An environment to declare types and variables in, and to compile expressions with. */
export const expressionEnvironment = (): Environment =>
  celEnvironment().registerFunction(`${PROBE}(dyn): bool`, () => true)

/** Types are declared as they are met: rules of one schema share them. */
export function ruleCompiler(root: SchemaNode): RuleCompiler {
  const types = expressionEnvironment()
  const declarations: TypeDeclarations = typeDeclarations(types)
  // All at once: an environment takes no more once rules were compiled in it.
  declarations.of(root, true)
  return {
    typeOf: (node, isRoot) => declarations.of(node, isRoot),
    compile(node, isRoot) {
      const type = declarations.of(node, isRoot)
      if (!type) return []
      return node.rules.map((rule) =>
        compileRule(environmentFor(types, type, rule.optionalOldSelf === true), node, rule),
      )
    },
  }
}
