import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = import.meta.dirname

/**
 * The rooms of the house and what each may import (design: rooms). `components` are split so that the
 * primitives stay free of domain words. Tests may also use `demo` and `e2e`, which nothing else may.
 */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'lib/cocoon': [],
  'lib/fleet': ['lib/cocoon'],
  'lib/process': [],
  'lib/kube': ['lib/cocoon', 'lib/fleet', 'lib/process'],
  'lib/console': ['lib/cocoon', 'lib/fleet', 'lib/kube', 'lib/process'],
  'lib/access': ['lib/cocoon', 'lib/fleet', 'lib/kube', 'lib/process'],
  'lib/metrics': ['lib/console', 'lib/fleet', 'lib/kube', 'lib/process'],
  'lib/live': ['lib/cocoon', 'lib/fleet'],
  'components/ui': [],
  components: ['components/ui', 'lib/live', 'lib/fleet', 'lib/cocoon'],
  app: [
    'components',
    'components/ui',
    'lib/access',
    'lib/cocoon',
    'lib/console',
    'lib/fleet',
    'lib/kube',
    'lib/live',
    'lib/process',
  ],
  demo: ['lib/cocoon', 'lib/fleet'],
  server: ['lib/access', 'lib/cocoon', 'lib/console', 'lib/fleet', 'lib/kube', 'lib/metrics', 'lib/process'],
  e2e: [
    'components',
    'lib/access',
    'lib/cocoon',
    'lib/console',
    'lib/fleet',
    'lib/kube',
    'lib/live',
    'lib/process',
    'demo',
    'scripts',
  ],
  bench: [
    'lib/cocoon',
    'lib/console',
    'lib/fleet',
    'lib/kube',
    'lib/live',
    'lib/process',
    'demo',
    'e2e',
    'scripts',
  ],
  scripts: ['lib/process', 'demo', 'e2e'],
}

/** `server.ts` starts the embedded cluster through one dynamic import; nothing else of the product may. */
const DYNAMIC_EXCEPTIONS = new Set(['server.ts -> demo'])
/** The packages that only one room may touch. */
const OWNED_PACKAGES: Record<string, string> = {
  '@kubernetes/client-node': 'lib/kube',
  'prom-client': 'lib/metrics',
}
const PURE_ROOMS = new Set(['lib/cocoon', 'lib/fleet'])

interface Import {
  from: string
  target: string
  dynamic: boolean
}

const SPECIFIER =
  /(?:^|[;\n])\s*(?:import|export)\s+(?:[^'"`;]*?\s+from\s+)?['"]([^'"]+)['"]|\b(import)\s*\(\s*['"]([^'"]+)['"]\s*\)/g

function sourceFiles(): string[] {
  const tops = Object.keys(MAY_IMPORT).map((room) => room.split('/')[0] ?? room)
  const folders = [...new Set(tops)].filter((top) => top !== 'server')
  const files = folders.flatMap((top) =>
    readdirSync(join(ROOT, top), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx|mts)$/.test(entry.name))
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name))),
  )
  return [...files.filter((file) => !file.endsWith('.d.ts')), 'server.ts']
}

function roomOf(file: string): string | undefined {
  if (file === 'server.ts') return 'server'
  return Object.keys(MAY_IMPORT)
    .sort((a, b) => b.length - a.length)
    .find((room) => file.startsWith(`${room}/`))
}

const isTest = (file: string) => /\.(test|spec)\.tsx?$/.test(file) || file.startsWith('e2e/')

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8')
  return [...text.matchAll(SPECIFIER)].map((match) => {
    const specifier = match[1] ?? match[3] ?? ''
    const target = specifier.startsWith('.')
      ? relative(ROOT, resolve(ROOT, dirname(file), specifier))
      : specifier
    return { from: file, target, dynamic: match[2] === 'import' }
  })
}

function violation(found: Import): string | undefined {
  const room = roomOf(found.from)
  if (room === undefined) return undefined
  const owner = Object.entries(OWNED_PACKAGES).find(
    ([name]) => found.target === name || found.target.startsWith(`${name}/`),
  )
  if (owner && owner[1] !== room && !isTest(found.from) && room !== 'bench') {
    return `${found.from} imports ${found.target}, which only ${owner[1]} may`
  }
  const target = roomOf(found.target)
  if (target === undefined) {
    const outside = !found.target.startsWith('.') && !found.target.includes('..')
    if (PURE_ROOMS.has(room) && outside && !isTest(found.from)) {
      return `${found.from} imports ${found.target}: ${room} is pure`
    }
    return undefined
  }
  if (target === room) return undefined
  if (found.dynamic && DYNAMIC_EXCEPTIONS.has(`${found.from} -> ${target}`)) return undefined
  if (isTest(found.from) && (target === 'demo' || target === 'e2e' || target === 'scripts')) return undefined
  const allowed = MAY_IMPORT[room] ?? []
  if (allowed.includes(target)) return undefined
  return `${found.from} imports ${found.target}: ${room} may import only ${allowed.join(', ') || 'nothing'}`
}

/** Depth-first search for one cycle; returns its files in order. */
function findCycle(graph: Map<string, string[]>): string[] | undefined {
  const done = new Set<string>()
  const visit = (file: string, trail: string[]): string[] | undefined => {
    const at = trail.indexOf(file)
    if (at >= 0) return [...trail.slice(at), file]
    if (done.has(file)) return undefined
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next, [...trail, file])
      if (cycle) return cycle
    }
    done.add(file)
    return undefined
  }
  for (const file of graph.keys()) {
    const cycle = visit(file, [])
    if (cycle) return cycle
  }
  return undefined
}

describe('the rooms', () => {
  const files = sourceFiles()
  const imports = files.flatMap(importsOf)

  it('are all walked', () => {
    expect(new Set(files.map(roomOf)).size).toBe(Object.keys(MAY_IMPORT).length)
    expect(imports.length).toBeGreaterThan(100)
  })

  it('import only what the table allows', () => {
    expect(imports.map(violation).filter((text) => text !== undefined)).toEqual([])
  })

  it('name the offending import', () => {
    const offence = { from: 'lib/fleet/x.ts', target: 'lib/kube/y.ts', dynamic: false }
    expect(violation(offence)).toBe(
      'lib/fleet/x.ts imports lib/kube/y.ts: lib/fleet may import only lib/cocoon',
    )
    expect(violation({ ...offence, from: 'components/a.tsx', target: 'demo/x.ts' })).toContain(
      'components may',
    )
    expect(violation({ from: 'app/page.tsx', target: '@kubernetes/client-node', dynamic: false })).toContain(
      'only lib/kube may',
    )
    expect(violation({ from: 'lib/cocoon/x.ts', target: 'node:fs', dynamic: false })).toContain('pure')
  })

  it('have no cycles', () => {
    const graph = new Map(
      files.map((file) => [
        file,
        importsOf(file)
          .filter((found) => !found.dynamic && roomOf(found.target) !== undefined)
          .map((found) => found.target),
      ]),
    )
    expect(findCycle(graph)).toBeUndefined()
    expect(
      findCycle(
        new Map([
          ['a', ['b']],
          ['b', ['a']],
        ]),
      ),
    ).toEqual(['a', 'b', 'a'])
  })
})
