import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

/** As the browser's, of one tab. */
function tabStorage(): Storage {
  const held = new Map<string, string>()
  return {
    get length() {
      return held.size
    },
    key: (at) => [...held.keys()][at] ?? null,
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, value) => void held.set(key, value),
    removeItem: (key) => void held.delete(key),
    clear: () => held.clear(),
  }
}

/** The module as a page that was just loaded has it. */
async function loadPage() {
  vi.resetModules()
  return await import('./tab-memory.ts')
}

let tab: Storage
beforeEach(() => {
  tab = tabStorage()
  vi.stubGlobal('sessionStorage', tab)
})
afterEach(() => vi.unstubAllGlobals())

describe('what a tab keeps', () => {
  it('outlives a reload, and the end of the session, for the same person', async () => {
    const page = await loadPage()
    page.keepFor('omar')
    expect(page.keep('draft', 'replicas: 3')).toBe(true)
    const later = await loadPage()
    expect(later.keepsSomething()).toBe(true)
    later.keepFor('omar')
    expect(later.kept('draft')).toBe('replicas: 3')
  })

  it('is gone when somebody else is signed in, and leaves what is not its own', async () => {
    tab.setItem('other', 'stays')
    const page = await loadPage()
    page.keepFor('omar')
    page.keep('draft', 'replicas: 3')
    page.keep('operations', '[]')
    const next = await loadPage()
    next.keepFor('vera')
    expect([next.kept('draft'), next.kept('operations'), next.keepsSomething()]).toEqual([null, null, false])
    expect(tab.getItem('other')).toBe('stays')
  })

  it('is neither read nor written while nobody knows whose it is', async () => {
    const page = await loadPage()
    page.keepFor('omar')
    page.keep('draft', 'replicas: 3')
    const next = await loadPage()
    expect([next.isKeeping(), next.kept('draft')]).toEqual([false, null])
    expect(next.keep('draft', null)).toBe(false)
    next.keepFor('omar')
    expect(next.kept('draft')).toBe('replicas: 3')
  })

  it('can be dropped, and lasts no longer than the page where the browser keeps nothing', async () => {
    const page = await loadPage()
    page.keepFor('omar')
    page.keep('draft', 'replicas: 3')
    page.forgetKept()
    expect([page.keepsSomething(), tab.length]).toEqual([false, 0])
    vi.stubGlobal('sessionStorage', undefined)
    expect([page.keep('draft', 'x'), page.kept('draft'), page.keepsSomething()]).toEqual([false, null, false])
  })
})
