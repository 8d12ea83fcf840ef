/** The control page without its style and script: both are put in by `serve-page.ts`. */
export const markup = `
<header class="top">
  <div>
    <h1>Cloudflare Images, emulated</h1>
    <p class="soft" id="account">Connecting</p>
  </div>
  <p class="soft" role="status" id="notice"></p>
</header>
<main>
  <section class="third" aria-labelledby="clock-title">
    <h2 id="clock-title">Clock</h2>
    <p class="clock"><time id="time">00:00:00</time> <span class="soft" id="date"></span></p>
    <p class="soft" id="offset">In step with this machine</p>
    <div class="keys">
      <button type="button" data-jump="60000">+1 min</button>
      <button type="button" data-jump="300000">+5 min</button>
      <button type="button" data-jump="1800000">+30 min</button>
      <button type="button" data-jump="21600000">+6 h</button>
      <button type="button" id="clock-reset">Set back</button>
    </div>
  </section>
  <section class="most" aria-labelledby="traffic-title">
    <h2 id="traffic-title">Traffic</h2>
    <div id="plots"></div>
    <p class="soft axis"><span>2 minutes ago</span><span>now</span></p>
    <p class="soft key">Short: answered. Tall: refused or failed. Hollow: the connection broke.</p>
  </section>
  <section class="all" aria-labelledby="faults-title">
    <h2 id="faults-title">Faults</h2>
    <div class="panel" id="switches"></div>
    <div class="pair">
      <div>
        <h3 id="on-title">Switched on</h3>
        <ul class="plain" id="faults" aria-labelledby="on-title"></ul>
      </div>
      <details>
        <summary>Any fault, as data</summary>
        <label for="fault">A fault or a list of them, as JSON</label>
        <textarea id="fault" rows="3" spellcheck="false">{ "on": "upload", "effect": "delay", "ms": 2000, "times": 3 }</textarea>
        <p class="problem" id="fault-problem" role="alert"></p>
        <button type="button" id="fault-add">Switch on</button>
      </details>
    </div>
  </section>
  <section class="half" aria-labelledby="requests-title">
    <h2 id="requests-title">Requests</h2>
    <ol class="plain log" id="requests" tabindex="0" aria-labelledby="requests-title"></ol>
  </section>
  <section class="half" aria-labelledby="images-title">
    <h2 id="images-title">Images</h2>
    <ul class="plain grid" id="images" tabindex="0" aria-labelledby="images-title"></ul>
  </section>
  <section class="third" aria-labelledby="slots-title">
    <h2 id="slots-title">Slots</h2>
    <ul class="plain scroll" id="slots" tabindex="0" aria-labelledby="slots-title"></ul>
  </section>
  <section class="most" aria-labelledby="webhooks-title">
    <h2 id="webhooks-title">Webhooks</h2>
    <p class="soft" id="webhook-url"></p>
    <button type="button" id="webhook-test">Send the test message</button>
    <ol class="plain log" id="webhooks" tabindex="0" aria-labelledby="webhooks-title"></ol>
  </section>
  <section class="all" aria-labelledby="reset-title">
    <h2 id="reset-title">Reset</h2>
    <div class="keys">
      <button type="button" id="reset-faults">Clear faults, clock and logs</button>
      <button type="button" id="reset-images">Remove all images</button>
      <button type="button" id="reset-all">Everything as new</button>
    </div>
  </section>
</main>
`
