import { describe, expect, it } from 'vitest'
import { manualClock } from '../clock.ts'
import { restoreGuest, type Guest, type GuestStreams } from './guest.ts'
import { runIn, runtime, sh, testGuest } from './testing/test-guest.ts'

const silent = async () => {}
async function* nothing(): AsyncGenerator<Uint8Array> {}
const streams = (over: Partial<GuestStreams> = {}): GuestStreams => ({
  stdin: nothing(),
  stdout: silent,
  stderr: silent,
  signal: new AbortController().signal,
  ...over,
})
const text = (chunk: Uint8Array) => new TextDecoder().decode(chunk)

/** Commands of the processes that execs have running, this one's own left out. */
async function running(guest: Guest): Promise<string[]> {
  const { stdout } = await runIn(guest, ['ps', '-o', 'args='])
  return stdout.split('\n').filter((line) => line !== '' && !line.startsWith('ps '))
}

/** Starts a command and waits until it has said something. */
async function started(guest: Guest, argv: string[], over: Partial<GuestStreams> = {}) {
  const stop = new AbortController()
  const { promise: first, resolve } = Promise.withResolvers<string>()
  const stdout = async (chunk: Uint8Array) => resolve(text(chunk))
  const ended = guest.run(argv, streams({ stdout, signal: stop.signal, ...over }))
  return { said: await first, ended, stop }
}

describe('an exec', () => {
  it.each<[string, string[], number, string]>([
    ['runs a program without a shell', ['echo', '$HOME', '*'], 0, '$HOME *\n'],
    ['answers the exit code', ['sh', '-c', 'exit 42'], 42, ''],
    ['has the agent’s directory', ['pwd'], 0, '/\n'],
    ['has no terminal', ['sh', '-c', 'test -t 0 || echo none; tty'], 1, 'none\nnot a tty\n'],
    ['is root', ['whoami'], 0, 'root\n'],
  ])('%s', async (_, argv, code, stdout) => {
    expect(await runIn(testGuest(), argv)).toEqual({ code, stdout, stderr: '' })
  })

  it.each<[string, string[], number, string]>([
    ['a program that is not there', ['foo'], 127, 'exec: "foo": executable file not found in $PATH\n'],
    ['what only a shell knows', ['cd', '/'], 127, 'exec: "cd": executable file not found in $PATH\n'],
    ['a file that is not there', ['/x/y'], 127, 'fork/exec /x/y: no such file or directory\n'],
    ['a file that is no program', ['/etc/passwd'], 126, 'fork/exec /etc/passwd: permission denied\n'],
  ])('refuses %s', async (_, argv, code, stderr) => {
    expect(await runIn(testGuest(), argv)).toEqual({ code, stdout: '', stderr })
  })

  it('reads commands line by line, and leaves the rest to them', async () => {
    const stdin = 'read x\nfirst\necho "[$x]"\nfoo\nif true\nthen echo yes; fi\ncat\nto cat\n'
    const { stdout, stderr, code } = await runIn(testGuest(), ['sh'], { stdin })
    expect({ stdout, stderr, code }).toEqual({
      stdout: '[first]\nyes\nto cat\n',
      stderr: 'sh: 3: foo: not found\n',
      code: 0,
    })
  })

  it('prompts only when it is told to be interactive', async () => {
    const { stdout, stderr } = await runIn(testGuest(), ['bash', '-i'], { stdin: 'cd /tmp\necho hi\n' })
    expect(stdout).toBe('hi\n')
    expect(stderr.split('\n').slice(1)).toEqual([
      'bash: no job control in this shell',
      'root@web-0:/# root@web-0:/tmp# root@web-0:/tmp# exit',
      '',
    ])
  })
})

describe('streams', () => {
  it('show the first line before the program ends', async () => {
    const clock = manualClock()
    const guest = testGuest({ clock })
    const { said, ended } = await started(guest, ['sh', '-c', 'echo first; sleep 60; echo second'])
    expect(said).toBe('first\n')
    await clock.advance(60_000)
    expect(await ended).toBe(0)
  })

  it('answer what comes in while more may come', async () => {
    const { promise: more, resolve: end } = Promise.withResolvers<void>()
    async function* input() {
      yield new TextEncoder().encode('one\n')
      await more
    }
    const { said, ended } = await started(testGuest(), ['grep', 'o'], { stdin: input() })
    expect(said).toBe('one\n')
    end()
    expect(await ended).toBe(0)
  })

  it('wait for a slow reader', async () => {
    let taken = 0
    let seen = ''
    const { promise: gate, resolve: open } = Promise.withResolvers<void>()
    const stdout = async (chunk: Uint8Array) => {
      taken++
      seen = text(chunk)
      if (taken === 1) await gate
    }
    const guest = testGuest()
    const ended = guest.run(['sh', '-c', 'yes | cat'], streams({ stdout }))
    await expect.poll(() => taken).toBe(1)
    // The whole pipeline stands still behind a pipe of 64 KiB.
    await expect.poll(async () => (await runIn(guest, ['true'])).code).toBe(0)
    expect(taken).toBe(1)
    open()
    await expect.poll(() => taken).toBeGreaterThan(3)
    expect(seen).toContain('y\ny\n')
    await sh(guest, 'pkill yes; pkill cat')
    await ended
  })

  it('carry 100,000 lines through a pipeline, byte exact', async () => {
    const { stdout } = await sh(
      testGuest(),
      'seq 100000 | cat | grep -v x | tee /dev/null | sha256sum; seq 100000 | wc -lc',
    )
    expect(stdout).toBe(
      'b2bc7d3f8b652d2ec96865b68ad8f80e22cca174abe1aed7889e242a747d590f  -\n 100000  588895\n',
    )
  })

  it('end a pipeline when its reader has enough', async () => {
    const guest = testGuest()
    expect(await sh(guest, 'yes | head -2; echo $?')).toMatchObject({ stdout: 'y\ny\n0\n' })
    expect(await running(guest)).toEqual([])
  })
})

describe('a client that goes away', () => {
  it.each([
    ['a shell with its programs', 'echo on; sleep 1000; echo never'],
    ['a process in the background', 'sleep 1000 & echo on; wait'],
    ['an endless loop', 'echo on; while :; do :; done'],
    ['an endless pipeline', 'echo on; yes | grep -v y'],
    ['a shell that catches the signal', 'trap "" HUP TERM; echo on; while :; do sleep 1; done'],
    ['a subshell of a substitution', 'echo on; x=$(sleep 1000)'],
  ])('takes along %s', async (_, script) => {
    const guest = testGuest()
    const { ended, stop } = await started(guest, ['sh', '-c', script])
    expect(await running(guest)).not.toEqual([])
    stop.abort(new Error('hung up'))
    expect(await ended).toBeGreaterThan(128)
    expect(await running(guest)).toEqual([])
  })

  it('takes along what the exec has left in the background', async () => {
    const guest = testGuest()
    expect(await sh(guest, 'sleep 1000 & echo done')).toMatchObject({ code: 0, stdout: 'done\n' })
    expect(await running(guest)).toEqual([])
  })

  it('leaves other execs alone', async () => {
    const guest = testGuest()
    const first = await started(guest, ['sh', '-c', 'echo on; sleep 1000'])
    const second = await started(guest, ['sh', '-c', 'echo on; sleep 2000'])
    first.stop.abort(new Error('hung up'))
    await first.ended
    expect(await running(guest)).toContain('sleep 2000')
    second.stop.abort(new Error('hung up'))
    await second.ended
  })
})

describe('processes', () => {
  it('are restarted by init, which the log tells', async () => {
    const guest = testGuest()
    const { stdout } = await sh(guest, 'pidof agent; kill -9 $(pidof agent); pidof agent')
    const [before, after] = stdout.trim().split('\n')
    expect(Number(after)).toBeGreaterThan(Number(before))
    expect(guest.log().join('\n')).toContain('agent.service: Main process exited, code=killed, status=9/KILL')
  })

  it('end with the agent that runs them', async () => {
    const guest = testGuest()
    expect((await sh(guest, 'pkill -x cocoon-agent; sleep 1000')).code).toBe(137)
  })

  it('use more and more of the CPU', async () => {
    const clock = manualClock()
    const guest = testGuest({ clock })
    const time = async () => (await sh(guest, 'ps -o time= -p $(pidof agent)')).stdout.trim()
    const before = await time()
    await clock.advance(600_000)
    expect((await time()) > before).toBe(true)
  })
})

describe('a guest’s memory', () => {
  it('goes on in a copy, and later changes of either do not show in the other', async () => {
    const guest = testGuest()
    await sh(guest, 'echo one > /tmp/f; mkdir /tmp/d; hostname other; kill $(pidof agent)')
    const copy = restoreGuest(guest.capture(), runtime())
    await sh(guest, 'echo two >> /tmp/f; echo x > /tmp/d/x; rm /etc/passwd')
    await sh(copy, 'echo three >> /tmp/f')
    expect((await sh(guest, 'cat /tmp/f; ls /tmp/d')).stdout).toBe('one\ntwo\nx\n')
    expect((await sh(copy, 'cat /tmp/f; ls /tmp/d; hostname; test -e /etc/passwd && echo kept')).stdout).toBe(
      'one\nthree\nother\nkept\n',
    )
    const pids = await Promise.all([guest, copy].map(async (each) => (await sh(each, 'pidof agent')).stdout))
    expect(pids[0]).toBe(pids[1])
  })

  it('has lived as long as it was awake', async () => {
    const clock = manualClock()
    const guest = testGuest({ clock, bootedAt: clock.now() - 3_600_000 })
    const image = guest.capture()
    await clock.advance(86_400_000)
    const woken = restoreGuest(image, runtime(clock))
    await clock.advance(60_000)
    expect((await sh(woken, 'cut -d. -f1 /proc/uptime; hostname -I')).stdout).toBe('3660\n10.88.0.8 \n')
    expect(woken.log().join('\n')).toContain('resumed from a snapshot')
  })

  it('is new after a boot', async () => {
    const guest = testGuest()
    await sh(guest, 'rm -rf /tmp /home; echo x > /etc/hostname')
    expect((await sh(testGuest(), 'ls -d /home /tmp; cat /etc/hostname')).stdout).toBe('/home\n/tmp\nweb-0\n')
  })

  it('holds no process of an exec', async () => {
    const guest = testGuest()
    const { ended, stop } = await started(guest, ['sh', '-c', 'echo on; sleep 1000'])
    expect(await running(restoreGuest(guest.capture(), runtime()))).toEqual([])
    stop.abort(new Error('hung up'))
    await ended
  })

  it('is captured untouched without being built', () => {
    expect(testGuest().capture().memory).toBeUndefined()
  })

  it('is lost with the VM', async () => {
    const guest = testGuest()
    const { ended } = await started(guest, ['sh', '-c', 'echo on; sleep 1000'])
    guest.halt()
    expect(await ended).toBe(137)
  })
})

describe('the console', () => {
  it('tells the same story each time, and goes on with time', async () => {
    const clock = manualClock()
    const guest = testGuest({ clock })
    const before = guest.log()
    expect(before.at(-1)).toContain('Reached target')
    expect(before[0]).toMatch(/^\[ {4}0\.000000\] Linux version 6\./)
    await clock.advance(3_600_000)
    const after = guest.log()
    expect(after.slice(0, before.length)).toEqual(before)
    expect(after.length).toBeGreaterThan(before.length + 100)
    expect(guest.log()).toEqual(after)
  })
})

describe('what would hurt the host', () => {
  it.each<[string, string, RegExp]>([
    ['a full disk', 'yes > /tmp/x', /No space left on device/],
    ['a fork bomb', 'f() { f | f; }; f', /Cannot fork|temporarily unavailable/],
    ['endless recursion', 'f() { f; }; f', /recursion depth/],
    ['a variable that grows', 'x=aaaaaaaa; while :; do x=$x$x; done', /Out of space/],
    ['a sort of everything', 'yes | tr -d "\\n" | sort', /File too large/],
  ])('%s is refused', async (_, script, stderr) => {
    expect((await sh(testGuest(), script)).stderr).toMatch(stderr)
  })

  it('an endless loop leaves others their turn', async () => {
    const guest = testGuest()
    const { ended, stop } = await started(guest, ['sh', '-c', 'echo on; while :; do :; done'])
    expect((await sh(guest, 'echo still here')).stdout).toBe('still here\n')
    stop.abort(new Error('hung up'))
    await ended
  })
})
