import assert from "node:assert/strict";
import { test } from "node:test";
import { BURST, ServerClock, WINDOW, pingDelay } from "../../event_server/static/js/clock.js";

/** A device whose wall clock is `behind` the server, with a network that delays each way as told. */
function device({ behind = 0 } = {}) {
  const self = {
    true: 1_000_000,
    wallError: -behind,
    asleep: 0,
    clock: undefined,
    pass(milliseconds) {
      self.true += milliseconds;
    },
    ping(there, back) {
      const sent = self.clock.stamp();
      self.pass(there);
      const server = self.true;
      self.pass(back);
      self.clock.sample(sent, server);
    },
    error: () => self.clock.now() - self.true,
  };
  self.clock = new ServerClock({ wall: () => self.true + self.wallError, steady: () => self.true - self.asleep });
  return self;
}

test("the first sample sets the time, off by half the asymmetry of the trip", () => {
  const phone = device({ behind: 90_000 });
  phone.ping(30, 30);
  assert.equal(phone.error(), 0);
});

test("the shortest round trip wins over the mean", () => {
  const phone = device({ behind: 5000 });
  phone.ping(20, 20);
  phone.ping(400, 20);
  phone.ping(900, 20);
  assert.ok(Math.abs(phone.error()) < 1);
});

test("a window of eight forgets the old best", () => {
  const phone = device();
  phone.ping(10, 10);
  phone.wallError = -40; // the device's clock drifted, too little to be called a step
  for (let i = 0; i < WINDOW - 1; i += 1) phone.ping(20, 20);
  assert.ok(Math.abs(phone.error()) > 35);
  phone.ping(20, 20);
  phone.pass(2000);
  assert.ok(Math.abs(phone.error()) < 1);
});

test("small corrections are slewed at most 50 ms a second", () => {
  const phone = device();
  phone.ping(0, 200); // believes the server 100 ms behind
  assert.equal(phone.error(), -100);
  phone.ping(10, 10);
  const start = phone.error();
  assert.ok(start < -95);
  phone.pass(1000);
  assert.ok(Math.abs(phone.error() - start - 50) < 0.001);
  phone.pass(5000);
  assert.ok(Math.abs(phone.error()) < 0.001);
});

test("time never runs backwards while it is slewed", () => {
  const phone = device();
  phone.ping(200, 0); // believes the server 100 ms ahead
  phone.ping(10, 10);
  let last = phone.clock.now();
  for (let i = 0; i < 50; i += 1) {
    phone.pass(16);
    assert.ok(phone.clock.now() > last);
    last = phone.clock.now();
  }
});

test("an error beyond 250 ms is stepped over at once", () => {
  const phone = device();
  phone.ping(900, 0);
  phone.ping(10, 10);
  assert.equal(phone.error(), 0);
});

test("sleep shows, and the samples before it no longer count", () => {
  const phone = device();
  for (let i = 0; i < BURST; i += 1) phone.ping(5, 5);
  assert.equal(phone.clock.isDisturbed(), false);
  phone.pass(60_000);
  phone.asleep = 60_000;
  assert.equal(phone.clock.isDisturbed(), true);
  phone.clock.restart();
  assert.equal(phone.clock.isDisturbed(), false);
  phone.ping(80, 80);
  assert.equal(phone.error(), 0);
});

test("a wall clock set by its owner is corrected by the next sample", () => {
  const phone = device();
  for (let i = 0; i < BURST; i += 1) phone.ping(5, 5);
  phone.wallError = 3_600_000;
  assert.equal(phone.clock.isDisturbed(), true);
  phone.ping(60, 60);
  assert.equal(phone.error(), 0);
});

test("the page's own view is a first guess only", () => {
  const phone = device({ behind: 7000 });
  phone.clock.anchor(phone.true - 300);
  assert.equal(phone.error(), -300);
  phone.ping(10, 10);
  assert.equal(phone.error(), 0);
  phone.clock.anchor(phone.true - 5000);
  assert.equal(phone.error(), 0);
});

test("a pong from another life of the page is no sample", () => {
  const phone = device();
  phone.ping(10, 10);
  phone.clock.sample(phone.clock.stamp() + 5000, 0);
  phone.clock.sample(undefined, 0);
  assert.equal(phone.error(), 0);
});

test("simulated: p99 of the error stays below 25 ms on a jittery network", () => {
  let seed = 7;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const jitter = () => 4 + 3 * -Math.log(random()) + (random() < 0.15 ? 300 * random() : 0);
  const errors = [];
  for (let run = 0; run < 400; run += 1) {
    const phone = device({ behind: 10_000 * random() });
    for (let i = 0; i < BURST; i += 1) phone.ping(jitter(), jitter());
    phone.pass(10_000);
    errors.push(Math.abs(phone.error()));
  }
  errors.sort((a, b) => a - b);
  const p99 = errors[Math.floor(errors.length * 0.99)];
  assert.ok(p99 < 25, `p99 was ${p99} ms`);
});

test("five pings in a row, then one a minute", () => {
  assert.ok(pingDelay(BURST - 1) < 1000);
  assert.equal(pingDelay(BURST), 60_000);
});
