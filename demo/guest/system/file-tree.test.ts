import { describe, expect, it } from 'vitest'
import { directory, generatedFile, regularFile, symbolicLink, type Directory } from './file-node.ts'
import { fileTree, type FileTree } from './file-tree.ts'

const base = (): Directory =>
  directory({
    etc: directory({ motd: regularFile('hello\n') }),
    link: symbolicLink('etc/motd'),
    loop: symbolicLink('loop'),
    proc: Object.assign(directory(), { mount: 'proc' }),
    up: symbolicLink('../../etc'),
  })

function tree(root: Directory = base(), used = 0): FileTree {
  const mounts = { proc: () => new Map([['version', generatedFile(() => 'v1')]]) }
  return fileTree({ root, used, now: () => 0, mounts })
}

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (files: FileTree, path: string) => new TextDecoder().decode(files.read(path, 0, 1000))
const names = (files: FileTree, path: string) => files.list(path).map(([name]) => name)

describe('a path', () => {
  it.each([
    ['/etc/motd', '/etc/motd'],
    ['/etc/../etc/./motd', '/etc/motd'],
    ['/link', '/etc/motd'],
    ['/up/motd', '/etc/motd'],
    ['/../../etc', '/etc'],
    ['/etc/new', '/etc/new'],
  ])('%s is really %s', (path, real) => {
    expect(tree().realPath(path)).toBe(real)
  })

  it.each([
    ['/nope', 'ENOENT'],
    ['/etc/motd/x', 'ENOTDIR'],
    ['/etc/motd/', 'ENOTDIR'],
    ['/loop', 'ELOOP'],
    [`/${'x'.repeat(256)}`, 'ENAMETOOLONG'],
  ])('%s is refused with %s', (path, errno) => {
    expect(() => tree().lookup(path)).toThrow(expect.objectContaining({ errno }))
  })
})

describe('a change', () => {
  it.each<[string, (files: FileTree) => void, string]>([
    ['a directory where one is', (files) => files.makeDirectory('/etc'), 'EEXIST'],
    ['a directory in none', (files) => files.makeDirectory('/no/where'), 'ENOENT'],
    ['removing a full directory', (files) => files.removeDirectory('/etc'), 'ENOTEMPTY'],
    ['removing a directory as a file', (files) => files.unlink('/etc'), 'EISDIR'],
    ['moving a directory into itself', (files) => files.rename('/etc', '/etc/x'), 'EINVAL'],
    ['a file of the kernel', (files) => files.create('/proc/x'), 'EPERM'],
    ['removing a file of the kernel', (files) => files.unlink('/proc/version'), 'EPERM'],
    [
      'more than the disk holds',
      (files) => files.put('/big', regularFile(new Uint8Array(2 ** 27))),
      'ENOSPC',
    ],
  ])('%s is refused', (_, act, errno) => {
    const files = tree()
    const before = names(files, '/')
    expect(() => act(files)).toThrow(expect.objectContaining({ errno }))
    expect(names(files, '/')).toEqual(before)
  })

  it('goes through a link', () => {
    const files = tree()
    files.write('/link', bytes('more\n'), 'end')
    expect(read(files, '/etc/motd')).toBe('hello\nmore\n')
  })

  it('leaves a hole where nothing was written', () => {
    const files = tree()
    files.create('/hole')
    expect(files.write('/hole', bytes('x'), 3)).toBe(4)
    expect(read(files, '/hole')).toBe('\0\0\0x')
  })

  it('gives room back when a file is removed', () => {
    const files = tree()
    for (let i = 0; i < 8; i++) {
      files.put('/big', regularFile(new Uint8Array(2 ** 25)))
      files.unlink('/big')
    }
    expect(files.used()).toBeLessThan(2 ** 20)
  })
})

describe('a capture', () => {
  it('keeps what was there, and shares what nobody changes', () => {
    const root = base()
    const files = tree(root)
    files.write('/etc/motd', bytes('one\n'), 'end')
    const captured = files.capture()
    files.write('/etc/motd', bytes('two\n'), 'end')
    files.makeDirectory('/new')
    files.unlink('/link')
    const copy = tree(captured, files.used())
    copy.write('/etc/motd', bytes('three\n'), 'end')
    expect(read(files, '/etc/motd')).toBe('hello\none\ntwo\n')
    expect(read(copy, '/etc/motd')).toBe('hello\none\nthree\n')
    expect(names(copy, '/')).toContain('link')
    expect(names(copy, '/')).not.toContain('new')
    expect(read(tree(root), '/etc/motd')).toBe('hello\n')
  })
})
