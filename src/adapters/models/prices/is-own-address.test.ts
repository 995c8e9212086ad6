import { expect, test } from '@jest/globals'
import { isOwnAddress } from './is-own-address.ts'

test.each([
  ['http://127.0.0.1:8000/v1', true],
  ['http://localhost:8000/v1', true],
  ['http://[::1]:8000/v1', true],
  ['http://0.0.0.0:8000/v1', true],
  ['http://10.1.2.3/v1', true],
  ['http://172.31.0.1/v1', true],
  ['http://192.168.1.20:1234/v1', true],
  ['http://100.101.102.103:11434/v1', true],
  ['http://[fd12::7]/v1', true],
  ['http://[fe80::1]/v1', true],
  ['http://[::ffff:10.0.0.1]/v1', true],
  ['http://gpu-box:8000/v1', true],
  ['http://host.docker.internal:1234/v1', true],
  ['http://studio.local:1234/v1', true],
  ['http://vllm.ml.svc.cluster.local/v1', true],
  ['http://172.32.0.1/v1', false],
  ['http://100.128.0.1/v1', false],
  ['http://8.8.8.8/v1', false],
  ['http://[::ffff:8.8.8.8]/v1', false],
  ['http://[2606:4700::1]/v1', false],
  ['https://abc-8000.proxy.runpod.net/v1', false],
  ['https://models.example.org/v1', false],
  ['https://local.example.org/v1', false],
  ['nowhere', false],
])('%s is this machine or a private network: %s', (url, own) => expect(isOwnAddress(url)).toBe(own))
