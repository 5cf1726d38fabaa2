/** The parts of an absolute path; `.` and empty ones are gone, `..` stays for the tree to resolve. */
export function pathParts(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.')
}

/** `path` seen from `cwd`, with `.` and `..` taken away as text. */
export function absolutePath(cwd: string, path: string): string {
  const parts: string[] = []
  for (const part of pathParts(path.startsWith('/') ? path : `${cwd}/${path}`)) {
    if (part === '..') parts.pop()
    else parts.push(part)
  }
  return `/${parts.join('/')}`
}

/** `path` seen from `cwd`; `..` stays, because behind a symbolic link it means another place. */
export const fromDirectory = (cwd: string, path: string) => (path.startsWith('/') ? path : `${cwd}/${path}`)

/** The last part of a path, as basename prints it. */
export function baseName(path: string): string {
  const trimmed = path.replace(/\/+$/, '')
  return trimmed === '' ? (path === '' ? '' : '/') : trimmed.slice(trimmed.lastIndexOf('/') + 1)
}

/** Everything before the last part, as dirname prints it. */
export function directoryName(path: string): string {
  const trimmed = path.replace(/\/+$/, '')
  const slash = trimmed.lastIndexOf('/')
  if (slash < 0) return path.startsWith('/') ? '/' : '.'
  return trimmed.slice(0, slash).replace(/\/+$/, '') || '/'
}

export const joinPath = (directory: string, name: string) =>
  directory.endsWith('/') ? `${directory}${name}` : `${directory}/${name}`
