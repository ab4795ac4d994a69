"""Runs the router of router.c under Wine for a while."""
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


class Router:
    """with Router(wrapper, architecture, program) as router: ... router.port, router.answers(name);
    the program has ended well when that is over, or SystemExit is raised."""

    def __init__(self, wrapper, architecture, program):
        self.command = ['sh', wrapper, architecture, program]
        self.port = free_port()

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix='mpr-rpc.')
        environment = dict(os.environ, MPR_WINE_FRESH='1', MPR_TIMEOUT='280')
        self.output = open(os.path.join(self.folder, 'output'), 'w+')
        self.process = subprocess.Popen(
            self.command + ['127.0.0.1', str(self.port), 'Z:' + self.folder], env=environment,
            stdout=self.output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        self.wait_ready()
        return self

    def wait_ready(self):
        ready = os.path.join(self.folder, 'ready')
        while not os.path.exists(ready):
            if self.process.poll() is not None:
                self.finish()
            time.sleep(0.05)

    def answers(self, name):
        with open(os.path.join(self.folder, name), encoding='utf-8') as f:
            return json.load(f)

    def finish(self):
        """Ends it; complains unless it ended well."""
        with open(os.path.join(self.folder, 'stop'), 'w'):
            pass
        code = self.process.wait(300)
        self.output.seek(0)
        output = self.output.read()
        self.output.close()
        shutil.rmtree(self.folder)
        if code == 77:
            print(output)
            sys.exit(77)
        if code != 0:
            print(output)
            sys.exit('the router ended with %d' % code)

    def __exit__(self, kind, value, trace):
        try:
            self.finish()
        except SystemExit as failure:
            if kind is None:
                raise
            print(failure)
