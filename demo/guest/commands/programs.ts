import { bash, sh } from '../shell/sh.ts'
import type { Program } from '../system/process.ts'
import { echo } from './echo.ts'
import { kill } from './kill.ts'
import { printf } from './printf.ts'
import { bracket, test } from './test.ts'

/** Every program that a guest has, by the name of its file. */
export const PROGRAMS: ReadonlyMap<string, Program> = new Map<string, Program>(
  Object.entries({
    '[': (process: Parameters<Program>[0], args: string[]) => bracket(process, args),
    bash,
    dash: sh,
    echo: (process, args) => echo(process, args),
    kill: (process, args) => kill(process, args),
    printf,
    sh,
    test: (process, args) => test(process, args),
  } satisfies Record<string, Program>),
)
