import type { FileTree } from '../system/file-tree.ts'

/** `C:\Users` as the tree has it: `/Users`, in the letters that stand there. */
export function treePath(files: FileTree, cwd: string, path: string): string {
  const text = path
    .replace(/^"|"$/g, '')
    .replace(/^[cC]:/, '')
    .replace(/\\/g, '/')
  const whole = text.startsWith('/') ? text : `${cwd}/${text}`
  const parts: string[] = []
  for (const part of whole.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') {
      parts.pop()
      continue
    }
    const here = `/${parts.join('/')}`
    const names = files.find(here)?.type === 'directory' ? files.list(here).map(([name]) => name) : []
    parts.push(names.find((name) => name.toLowerCase() === part.toLowerCase()) ?? part)
  }
  return `/${parts.join('/')}`
}

export const windowsPath = (path: string) => `C:${path.replace(/\//g, '\\')}`
