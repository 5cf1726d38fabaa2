import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { STREAM_PATH } from '../../lib/kube/serve-stream.ts'

const BUILT = join(import.meta.dirname, '..', '..', '.next')

/** What a pattern's parameters are filled with. */
export interface RoutePlace {
  namespace: string
  name: string
  action: string
}

/** The routes of the build, as Next writes them, and the one that `server.ts` serves itself. */
export function builtRoutes(): string[] {
  const text = readFileSync(join(BUILT, 'app-path-routes-manifest.json'), 'utf8')
  return [...new Set(Object.values(JSON.parse(text) as Record<string, string>)), STREAM_PATH].toSorted()
}

/** A path of a route. */
export const pathOf = (pattern: string, place: RoutePlace): string =>
  pattern.replace(/\[(namespace|name|action)\]/g, (_, word: keyof RoutePlace) => place[word])

/** The paths of all files that the pages load. */
export const builtFiles = (): string[] =>
  readdirSync(join(BUILT, 'static'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).replace(BUILT, '/_next'))
