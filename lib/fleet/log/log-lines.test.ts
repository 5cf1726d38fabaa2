import { describe, expect, it } from 'vitest'
import { logLines, printable } from './log-lines.ts'
import { saidInstead } from './vm-log.ts'

describe('logLines', () => {
  it.each<[text: string, lines: string[], open: string]>([
    ['', [], ''],
    ['a\n', ['a'], ''],
    ['a\nb', ['a'], 'b'],
    ['a\r\nb\r\n', ['a', 'b'], ''],
    ['\n\n', ['', ''], ''],
  ])('%j', (text, lines, open) => {
    expect(logLines(text)).toEqual({ lines, open })
  })
})

describe('printable', () => {
  it.each<[why: string, line: string, shown: string]>([
    ['plain text', 'Started sshd.', 'Started sshd.'],
    ['a tab', 'a\tb', 'a\tb'],
    ['colours', '[\u001B[0;32m  OK  \u001B[0m] up', '[  OK  ] up'],
    ['a title', '\u001B]0;owned\u0007login:', 'login:'],
    ['a title without end', 'a\u001B]0;owned', 'a'],
    ['a link', '\u001B]8;;http://evil\u001B\\here\u001B]8;;\u001B\\', 'here'],
    ['a device control string', '\u001BP$q"p\u001B\\x', 'x'],
    ['what is overwritten', '10%\r55%\r100%', '100%'],
    ['a return at the end', 'done\r', 'done␍'],
    ['a bell and a null', 'a\u0007b\u0000', 'a␇b␀'],
    ['text that runs backwards', 'gpj.\u202Eexe', 'gpj.\uFFFDexe'],
    ['control sequences of eight bits', 'a\u009B31mb', 'a\uFFFD31mb'],
  ])('%s', (_why, line, shown) => {
    expect(printable(line)).toBe(shown)
  })
})

describe('saidInstead', () => {
  it.each<[text: string, said: string | null]>([
    ['vk-cocoon: pod has no live VM', 'pod has no live VM'],
    ['vk-cocoon: pod has no live VM\n', 'pod has no live VM'],
    ['[    0.000000] Linux version 6.8\n', null],
    ['vk-cocoon: one\nvk-cocoon: two\n', null],
    ['', null],
  ])('%j', (text, said) => {
    expect(saidInstead(text)).toBe(said)
  })
})
