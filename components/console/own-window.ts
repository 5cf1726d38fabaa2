import type { VmPath } from '../../lib/fleet/view-state.ts'

/** In the query of a console page that has a window for itself. */
export const OWN_WINDOW = 'window'

/** The page of a VM's console. */
export const consoleHref = ({ namespace, name }: VmPath): string =>
  `/vms/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}/console`

/** Opens the console in a window of its own, once per VM. False when the browser did not let it. */
export function openOwnWindow(path: VmPath): boolean {
  const name = `console-${path.namespace}-${path.name}`
  const opened = window.open(`${consoleHref(path)}?${OWN_WINDOW}`, name, 'popup,width=1100,height=760')
  opened?.focus()
  return opened !== null
}
