import { createElement, lazy, Suspense } from 'react'
import type { ComponentType, FunctionComponent } from 'react'

/**
 * A component whose code is loaded when it is first shown; until then `Waiting` stands there. Only for what no page shows
 * before the fleet or the session is known: the server would render it, too. next/dynamic is a larger way to the same.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Waiting: ComponentType | null = null,
): FunctionComponent<Props> {
  const Part = lazy(async () => ({ default: await load() }))
  return (props) => (
    <Suspense fallback={Waiting === null ? null : <Waiting />}>{createElement(Part, props)}</Suspense>
  )
}
