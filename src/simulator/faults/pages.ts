/** What a gateway shows while its backends are down. */
export const busyPage = (status: number): string =>
  `<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>${status}</title></head>
<body>
<center><h1>${status} 服务暂时不可用</h1></center>
<p>当前访问人数较多，请稍后再试。</p>
<hr><center>sim-gateway</center>
</body>
</html>
`;

/** What a corporate proxy shows to a request without a session. */
export const loginPage = `<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>统一身份认证</title></head>
<body>
<form method="post" action="/login">
<h2>请先登录</h2>
<input name="user" placeholder="工号"><input name="password" type="password" placeholder="密码">
<button>登录</button>
</form>
</body>
</html>
`;

/** Text that tries to move the cursor, clear the screen, retitle the window and reverse the writing direction. */
export const hostileText = [
  "\u001b[2J\u001b[1;1H屏幕被清空了吗？",
  "\u001b]0;窗口标题\u0007\u001b[31m红色\u001b[0m",
  "\u001b[10A\u001b[K\r覆盖上一行\b\b\b",
  "从右到左：\u202e答案\u202c 隔离：\u2067abc\u2069",
  "零宽：选\u200b项\u200d\ufeff\u2060B",
  "\u009b2J\u0090q\u009c",
].join("\n");
