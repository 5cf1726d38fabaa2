import type { Page } from '@playwright/test'

declare global {
  interface Window {
    changedRows?: Set<string>
  }
}

/**
 * Notes from now on which rows of the table change in the page: by the name of the VM or the label of the group.
 * Ages and waits tick by themselves, pictures of screens come by themselves, and do not count.
 */
export async function noteChangedRows(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const changed = new Set<string>()
    window.changedRows = changed
    const nameOf = (row: Element | null | undefined) =>
      row?.querySelector('[role=rowheader] bdi')?.textContent
    const note = ({ target, addedNodes, removedNodes }: MutationRecord) => {
      const element = target instanceof Element ? target : target.parentElement
      if (element?.closest('time, .tabular-nums, .screen-cell')) return
      const row = element?.closest('[role=row]')
      if (row) changed.add(nameOf(row) ?? 'a row without a name')
      for (const node of [...addedNodes, ...removedNodes]) {
        if (node instanceof Element && node.matches('[role=row]')) changed.add(nameOf(node) ?? 'a bare row')
      }
    }
    const table = document.querySelector('[role=treegrid]')
    if (table === null) throw new Error('there is no table to watch')
    new MutationObserver((records) => records.forEach(note)).observe(table, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    })
  })
  return () => page.evaluate(() => [...(window.changedRows ?? [])].sort())
}
