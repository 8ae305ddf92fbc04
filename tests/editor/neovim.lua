-- What a person does in Neovim, one line of JSON for each thing seen; neovim.test.ts runs it with the configuration of docs/editors.md.
local function say(what, value)
  io.stdout:write(vim.json.encode({ what, value }) .. "\n")
end
local function first_line_with(pattern)
  return vim.iter(vim.api.nvim_buf_get_lines(0, 0, -1, true)):find(function(line) return line:match(pattern) ~= nil end)
end
local function wait(holds)
  if not vim.wait(120000, holds, 50) then error("waited in vain") end
end

local done, failure = pcall(function()
  vim.cmd.edit("values.yaml")
  wait(function() return #vim.diagnostic.get(0) > 0 end)
  local seen = vim.diagnostic.get(0)[1]
  say("opened", { message = seen.message, line = seen.lnum, from = seen.col, to = seen.end_col, code = seen.code })

  local edits = 0
  wait(function()
    edits = edits + 1
    vim.api.nvim_buf_set_lines(0, 4, -1, true, { "# " .. edits })
    vim.wait(200)
    local now = vim.diagnostic.get(0)[1]
    return now and now.message:match("not pinned by digest$") ~= nil
  end)
  say("edited", vim.diagnostic.get(0)[1].message)

  vim.api.nvim_win_set_cursor(0, { seen.lnum + 1, seen.col })
  vim.lsp.buf.code_action({ apply = true, filter = function(action) return action.title:match("^Fix this") ~= nil end })
  wait(function() return first_line_with("@sha256:") ~= nil end)
  say("fixed", first_line_with("tag:"))

  vim.cmd("silent undo")
  say("undone", first_line_with("tag:"))
  vim.cmd("silent write")
  say("saved", vim.iter(vim.fn.readfile("values.yaml")):find(function(line) return line:match("tag:") ~= nil end))
end)
if not done then say("failed", failure) end
vim.cmd("qall!")
