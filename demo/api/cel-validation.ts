import type { CompiledRule, RuleCompiler } from './cel-compile.ts'
import { ruleCompiler } from './cel-compile.ts'
import type { CelType } from './cel-types.ts'
import { brokenRule } from './cel-outcome.ts'
import { evaluated } from './cel-evaluate.ts'
import { isRecord } from './json.ts'
import type { Correlation } from './schema-correlation.ts'
import { isRatcheted, itemOf, memberOf, oldItem } from './schema-correlation.ts'
import type { SchemaNode } from './schema-node.ts'
import type { FieldCause } from './status.ts'

/** The rules of a schema, ready to run on values. */
interface RuleTree {
  node: SchemaNode
  type: CelType | undefined
  rules: readonly CompiledRule[]
  properties: ReadonlyMap<string, RuleTree>
  additional: RuleTree | undefined
  items: RuleTree | undefined
}

/** Undefined when there is no rule at this schema or below. */
function treeOf(compiler: RuleCompiler, node: SchemaNode, isRoot: boolean): RuleTree | undefined {
  const inner = (one: SchemaNode | undefined) => one && treeOf(compiler, one, one.embedded)
  const rules = compiler.compile(node, isRoot)
  const properties = new Map<string, RuleTree>()
  for (const [name, property] of node.properties) {
    const tree = inner(property)
    if (tree) properties.set(name, tree)
  }
  const additional = inner(typeof node.additional === 'object' ? node.additional : undefined)
  const items = inner(node.items)
  if (rules.length === 0 && properties.size === 0 && !additional && !items) return undefined
  return { node, type: compiler.typeOf(node, isRoot), rules, properties, additional, items }
}

const known = new WeakMap<SchemaNode, { tree: RuleTree | undefined }>()

function rulesOf(root: SchemaNode): RuleTree | undefined {
  const found = known.get(root) ?? { tree: treeOf(ruleCompiler(root), root, true) }
  known.set(root, found)
  return found.tree
}

interface Part {
  value: unknown
  /** Undefined when there is nothing to compare with. */
  old: unknown
  field: string
  past: Correlation
}

type Warn = (text: string) => void

function ownCauses(tree: RuleTree, part: Part, warn: Warn): FieldCause[] {
  const { type } = tree
  if (!type || tree.rules.length === 0) return []
  const self = type.convert(part.value)
  const had = part.old !== undefined && part.old !== null
  const oldSelf = had ? type.convert(part.old) : undefined
  return tree.rules.flatMap((rule) => {
    // Rules about a change wait for one, unless they say that they can do without.
    if (rule.usesOldSelf && !had && rule.source.optionalOldSelf !== true) return []
    const outcome = evaluated(rule, self, oldSelf)
    if (outcome.holds) return []
    const cause = brokenRule(tree.node, rule, outcome, part)
    if (outcome.error !== undefined || rule.usesOldSelf || !isRatcheted(part.past)) return [cause]
    warn(`${cause.field}: ${cause.message}`)
    return []
  })
}

function partCauses(tree: RuleTree, part: Part, warn: Warn): FieldCause[] {
  const { value, old, field, past } = part
  const { items } = tree
  if (Array.isArray(value)) {
    if (!items) return []
    return value.flatMap((item, index) =>
      treeCauses(
        items,
        {
          value: item,
          old: oldItem(tree.node, old, item),
          field: `${field}[${index}]`,
          past: itemOf(past, tree.node, item),
        },
        warn,
      ),
    )
  }
  if (!isRecord(value)) return []
  const before = isRecord(old) ? old : {}
  return Object.entries(value).flatMap(([name, member]) => {
    const named = tree.properties.get(name)
    const inner = named ?? (tree.node.properties.has(name) ? undefined : tree.additional)
    if (!inner) return []
    const at = named ? `${field}${field && '.'}${name}` : `${field}[${name}]`
    return treeCauses(
      inner,
      { value: member, old: before[name], field: at, past: memberOf(past, name) },
      warn,
    )
  })
}

function treeCauses(tree: RuleTree, part: Part, warn: Warn): FieldCause[] {
  if (part.value === null || part.value === undefined) return []
  return [...ownCauses(tree, part, warn), ...partCauses(tree, part, warn)]
}

/**
 * The rules (x-kubernetes-validations) that a custom resource breaks, at every level of its schema. Rules about a change are
 * asked where the part can be found in `old`. Faults of parts that are as they were are only warned of.
 */
export function ruleCauses(
  root: SchemaNode,
  object: unknown,
  old: unknown,
  past: Correlation,
  warn: Warn,
): FieldCause[] {
  const tree = rulesOf(root)
  return tree ? treeCauses(tree, { value: object, old, field: '', past }, warn) : []
}
