import { baseName, directoryName } from '../system/path.ts'
import { modeText, sizeOf } from './file-mode.ts'
import { listTime } from './ls.ts'
import { userName } from './users.ts'
import type { Found, Search } from './find-search.ts'

/** What `-printf` makes of a file. */
export function formatted({ process }: Search, format: string, { path, node, depth }: Found): string {
  const meanings: Record<string, string> = {
    p: path,
    f: baseName(path),
    h: directoryName(path),
    s: String(sizeOf(node)),
    m: node.mode.toString(8),
    M: modeText(node),
    d: String(depth),
    u: userName(process.machine, node.uid),
    y: node.type === 'directory' ? 'd' : node.type === 'link' ? 'l' : 'f',
    '%': '%',
    t: listTime(node.mtime, process.machine.clock.now()),
    P: path.replace(/^[^/]*\/?/, ''),
  }
  return format
    .replace(/\\n/g, '\n')
    .replace(/\\t/g, '\t')
    .replace(/\\0/g, '\0')
    .replace(/%([a-zA-Z%])/g, (whole, letter: string) => meanings[letter] ?? whole)
}

/** The line that `-ls` prints of a file. */
export function listed({ process }: Search, { path, node }: Found): string {
  const blocks = String(Math.ceil(sizeOf(node) / 1024)).padStart(6)
  const time = listTime(node.mtime, process.machine.clock.now())
  return `${String(node.inode).padStart(9)} ${blocks} ${modeText(node)} 1 root root ${String(sizeOf(node)).padStart(8)} ${time} ${path}\n`
}
