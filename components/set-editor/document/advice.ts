import type { CocoonSet, VMOptions } from '../../../lib/cocoon/crd.ts'
import { quantityValue } from '../../../lib/cocoon/quantity.ts'
import type { FieldProblem } from './field-problem.ts'
import type { Path } from './path.ts'

function aboveLimit(path: Path, { resources }: VMOptions): FieldProblem[] {
  return Object.entries(resources?.requests ?? {}).flatMap(([name, request]) => {
    const asked = quantityValue(request)
    const most = quantityValue(resources?.limits?.[name])
    if (asked === null || most === null || asked <= most) return []
    const message = `is more than the limit (${String(resources?.limits?.[name])}): no pod can be made of it`
    return [{ path: [...path, 'resources', 'requests', name], message, severity: 'warning' as const }]
  })
}

/** Contract 6.3, 7: the cluster takes such a set, and then its forks fail, or it stays Suspending. */
function macosCannot({ spec }: CocoonSet): FieldProblem[] {
  if (spec?.agent?.os !== 'macos') return []
  const cannot = (path: Path, what: string): FieldProblem => ({
    path,
    message: `is not for macOS guests, which cannot be ${what}`,
    severity: 'warning',
  })
  return [
    ...((spec.agent.replicas ?? 0) > 0 ? [cannot(['spec', 'agent', 'replicas'], 'forked')] : []),
    ...(spec.suspend === true ? [cannot(['spec', 'suspend'], 'hibernated')] : []),
  ]
}

/** What the cluster takes, and what then is not as one may think. The set has its defaults. */
export function advice(set: CocoonSet): FieldProblem[] {
  const { spec } = set
  const toolboxes = (spec?.toolboxes ?? []).map((options, at) => ({
    path: ['spec', 'toolboxes', at],
    options,
  }))
  const all = [{ path: ['spec', 'agent'], options: spec?.agent ?? {} }, ...toolboxes]
  return [...all.flatMap(({ path, options }) => aboveLimit(path, options)), ...macosCannot(set)]
}
