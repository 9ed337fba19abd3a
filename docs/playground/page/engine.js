// SPDX-License-Identifier: Apache-2.0
// Prolog in a worker, watched: where it does not answer in time, it is ended and started anew.

// Milliseconds: to start, which a slow machine may need, and to answer, which takes a few.
const START_LIMIT = 30000;
const ANSWER_LIMIT = 3000;

// How often in a row it is started anew before something must change.
const MOST_STARTS = 3;

export class Engine {
  // `tell` is called with ('ready'), ('restarted', why) and ('failed', why).
  constructor(parts, tell) {
    this.parts = parts;
    this.tell = tell;
    this.starts = 0;
    this.last = 0;
    this.waiting = null; // the one request that is under way
    this.next = null; // the newest request that is to follow; older ones are of no use any more
    this.worker = null;
    this.start();
  }

  // Ask for the answers to a request; those to a request that a newer one overtook never come.
  ask(text, answered) {
    this.last += 1;
    this.next = { id: this.last, text, answered };
    if (this.starts > MOST_STARTS) {
      this.starts = 0;
      this.start();
    } else {
      this.send();
    }
  }

  start() {
    this.stop();
    this.starts += 1;
    this.ready = false;
    this.worker = null;
    try {
      // From a blob, as a page on disk may start no worker from a file.
      const source = [this.parts.swipl, '\n', this.parts.worker];
      this.url = URL.createObjectURL(new Blob(source, { type: 'text/javascript' }));
      this.worker = new Worker(this.url);
    } catch (error) {
      this.broken(`this browser starts no worker (${error.message})`);
      return;
    }
    this.worker.onmessage = ({ data }) => this.heard(data);
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.broken(event.message || 'the worker could not start');
    };
    this.watch(START_LIMIT);
    this.worker.postMessage({ state: this.parts.state });
  }

  stop() {
    clearTimeout(this.timer);
    if (this.worker) {
      this.worker.onmessage = null;
      this.worker.onerror = null;
      this.worker.terminate();
      URL.revokeObjectURL(this.url);
    }
  }

  watch(limit) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.broken('it took too long'), limit);
  }

  send() {
    if (!this.ready || this.waiting !== null || this.next === null) return;
    this.waiting = this.next;
    this.next = null;
    this.watch(ANSWER_LIMIT);
    this.worker.postMessage({ id: this.waiting.id, text: this.waiting.text });
  }

  heard(data) {
    clearTimeout(this.timer);
    if (data.failed !== undefined) {
      this.broken(data.failed);
    } else if (data.ready) {
      this.ready = true;
      this.tell('ready');
      this.send();
    } else if (this.waiting !== null && data.id === this.waiting.id) {
      const { answered } = this.waiting;
      this.waiting = null;
      this.starts = 1;
      answered(JSON.parse(data.answer));
      this.send();
    }
  }

  // What was under way is asked again, unless something newer waits or it failed too often.
  broken(why) {
    this.next = this.next ?? this.waiting;
    this.waiting = null;
    if (this.starts >= MOST_STARTS) {
      this.stop();
      this.ready = false;
      this.starts = MOST_STARTS + 1;
      this.next = null;
      this.tell('failed', why);
    } else {
      this.tell('restarted', why);
      this.start();
    }
  }
}
