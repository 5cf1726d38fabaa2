import type { FileTree } from '../system/file-tree.ts'
import { fromDirectory, joinPath } from '../system/path.ts'
import { fileNamePattern, hasGlob, unescapePattern } from './pattern.ts'

const MAX_PATHS = 10_000

/** The paths that match a pattern, sorted; empty when none does. */
export function expandGlob(files: FileTree, cwd: string, pattern: string): string[] {
  const absolute = pattern.startsWith('/')
  const parts = pattern.split('/').filter((part) => part !== '')
  const onlyDirectories = pattern.endsWith('/')
  let found = [absolute ? '/' : '']
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1
    const next: string[] = []
    for (const prefix of found) {
      const join = (name: string) => (prefix === '' ? name : joinPath(prefix, name))
      if (!hasGlob(part)) {
        const path = join(unescapePattern(part))
        if (files.find(fromDirectory(cwd, path), !last)) next.push(path)
        continue
      }
      const matcher = fileNamePattern(part)
      const directory = fromDirectory(cwd, prefix === '' ? '.' : prefix)
      if (files.find(directory)?.type !== 'directory') continue
      for (const [name] of files.list(directory))
        if (matcher.test(name) && next.length < MAX_PATHS) next.push(join(name))
    }
    found = next
  }
  if (!onlyDirectories) return found.sort()
  return found
    .filter((path) => files.find(fromDirectory(cwd, path))?.type === 'directory')
    .map((path) => `${path}/`)
}
